import type { ReactNode } from "react";

export type TagKind = "plain" | "ok" | "warn" | "bad" | "info";

/** A state in a word, with a colour that only repeats it. */
export function Tag({ kind = "plain", children }: { kind?: TagKind; children: ReactNode }) {
  return <span className={`tag ${kind}`}>{children}</span>;
}
