import type { ReactNode } from "react";

/** A short list in a card: content at the left, actions at the right. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="rounded-md border border-line" aria-label={label}>
      {children}
    </ul>
  );
}

type RowProps = { title: ReactNode; facts?: readonly ReactNode[]; children?: ReactNode };

/** A row of the list. */
export function Row({ title, facts = [], children }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5 not-first:border-t not-first:border-line [&_time]:whitespace-nowrap">
      <div className="min-w-0 flex-[1_1_190px] wrap-anywhere">
        <b className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">{title}</b>
        {facts.map((fact, at) => (
          <small key={at} className="block text-sm text-muted">{fact}</small>
        ))}
      </div>
      {children}
    </li>
  );
}
