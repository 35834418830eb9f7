import type { ReactNode } from "react";

/** A short list inside a card: what each thing is at the left, what can be done to it at the right. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="rows" aria-label={label}>
      {children}
    </ul>
  );
}

type RowProps = { title: ReactNode; facts: readonly ReactNode[]; children?: ReactNode };

export function Row({ title, facts, children }: RowProps) {
  return (
    <li>
      <div>
        <b>{title}</b>
        {facts.map((fact, at) => (
          <small key={at}>{fact}</small>
        ))}
      </div>
      {children}
    </li>
  );
}
