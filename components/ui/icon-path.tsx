/** The drawing of an icon, 16 px and silent: for client components, which bring along only the paths they use. */
export function IconPath({ d }: { d: string }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
