/** An icon by its path, 16 px and hidden from screen readers; client components load only the paths they import. */
export function IconPath({ d }: { d: string }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
