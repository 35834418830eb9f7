import { readFileSync } from "node:fs";
import path from "node:path";

const read = (status: 500 | 503) => readFileSync(path.join(process.cwd(), "public", "error", `${status}.html`), "utf8");
const pages = new Map<number, string>();

/** Reads the error pages at startup, so that serving them depends on nothing. */
export function loadErrorPages(): void {
  for (const status of [500, 503] as const) pages.set(status, read(status));
}

/** The page shown in place of one that failed: complete in itself, without script, with the id to quote. */
export function errorPage(status: 500 | 503, requestId: string): string {
  if (!pages.has(status)) loadErrorPages();
  return (pages.get(status) ?? "").replace("{requestId}", requestId);
}
