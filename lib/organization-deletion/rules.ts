import { AppError } from "@/lib/shared/app-error";
import { countLimit } from "@/lib/shared/count-limit";
import { countText } from "@/lib/shared/count-text";

/** What must be gone before an organization can be deleted: "3 access points", and the page that lists them. */
export type DeletionBlocker = { text: string; href: string };

const listFormat = new Intl.ListFormat("en-GB");

/** Throws while something prevents the deletion. */
export function requireNoBlockers(blockers: readonly DeletionBlocker[]): void {
  if (blockers.length === 0) return;
  throw new AppError("conflict", `This organization still has ${listFormat.format(blockers.map(({ text }) => text))}. Remove them first`);
}

/** Throws unless the name was typed as it is now. */
export function requireTypedName(name: string, typed: string): void {
  if (typed !== name) throw new AppError("invalid", "Check the marked fields", { name: [`Enter exactly: ${name}`] });
}

/** A count with its noun, up to where rows are counted: "3 sites", "more than 10,000 audit entries". */
export const countedText = (count: number, one: string, many?: string): string =>
  count > countLimit ? `more than ${countText(countLimit, one, many)}` : countText(count, one, many);
