import type { ReactNode } from "react";

/** A time in a row: machine-readable, formatted, and in full for the tooltip. */
export type RowTime = { at: string; text: string; title: string };

/** A link in a cell; its tooltip shows a truncated name in full. */
export function CellLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} title={hoverText(children)}>
      {children}
    </a>
  );
}

export function CellTime({ time: { at, text, title } }: { time: RowTime }) {
  return (
    <time dateTime={at} title={title}>
      {text}
    </time>
  );
}

/** A value with a label that is shown on phones, where there are no column headings. */
export function LabelledCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <small className="cell-label">{label} </small>
      {children}
    </>
  );
}

/** The tooltip of a value that a narrow column may truncate. */
export const hoverText = (text: string) => (text.length > 40 ? text : undefined);
