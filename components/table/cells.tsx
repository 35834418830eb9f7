import type { ReactNode } from "react";

/** A moment as a row carries it: for programs, as the person reads it, and in full for the hover. */
export type RowMoment = { at: string; text: string; title: string };

/** A link in a cell; a name that may be cut off is shown in full on hover. */
export function CellLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} title={hoverText(children)}>
      {children}
    </a>
  );
}

export function CellTime({ moment: { at, text, title } }: { moment: RowMoment }) {
  return (
    <time dateTime={at} title={title}>
      {text}
    </time>
  );
}

/** A value that its column heading explains, and on a phone, where there are no headings, a label before it. */
export function LabelledCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <small className="cell-label">{label} </small>
      {children}
    </>
  );
}

/** The hover text of a value that a narrow column may cut off. */
export const hoverText = (text: string) => (text.length > 40 ? text : undefined);
