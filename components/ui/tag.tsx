import type { ReactNode } from "react";

const kinds = {
  plain: "border-line bg-sunken text-soft",
  ok: "border-transparent bg-ok-soft text-ok",
  warn: "border-transparent bg-warn-soft text-warn",
  bad: "border-transparent bg-bad-soft text-bad",
  info: "border-transparent bg-accent-soft text-accent",
};

export type TagKind = keyof typeof kinds;

/** A status label; its colour adds no information. */
export function Tag({ kind = "plain", children }: { kind?: TagKind; children: ReactNode }) {
  return (
    <span
      data-tag=""
      className={`inline-flex items-center gap-[5px] rounded-full border px-[7px] py-px font-sans text-xs/[18px] font-normal whitespace-nowrap before:size-1.5 before:rounded-full before:bg-current ${kinds[kind]}`}
    >
      {children}
    </span>
  );
}
