import type { ReactNode } from "react";

/** Terms at the left, their values at the right. */
export function DescriptionList({ children }: { children: ReactNode }) {
  return <dl className="grid gap-2.5">{children}</dl>;
}

type DescriptionProps = { term: string; children: ReactNode };

/** A term and its value; a `small` in it gets its own line. */
export function Description({ term, children }: DescriptionProps) {
  return (
    <div className="grid grid-cols-[clamp(96px,48%-96px,176px)_minmax(0,1fr)] gap-3">
      <dt className="text-muted">{term}</dt>
      <dd className="wrap-anywhere [&_small]:block [&_small]:text-sm [&_small]:text-muted">{children}</dd>
    </div>
  );
}
