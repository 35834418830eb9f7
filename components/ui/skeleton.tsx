/** Rows to come, as high as they will be; seen only when they take their time. */
export function Skeleton({ rows = 12, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <div className="card list skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} />
      ))}
    </div>
  );
}
