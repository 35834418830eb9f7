import { countLimit } from "@/lib/shared/count-limit";

const numbers = new Intl.NumberFormat("en");
const atLeast = (count: number, total: number) => `${total > countLimit ? "more than " : ""}${numbers.format(total > countLimit ? count - 1 : count)}`;

/** How many options are shown; empty when all are. */
export const shownText = (shown: number, total: number) => (shown < total ? `${numbers.format(shown)} of ${atLeast(total, total)}` : "");

/** How many options match a search, and how many of them are not shown. */
export function matchesText(shown: number, total: number): string {
  if (total === 0) return "No results";
  if (total > shown) return `${numbers.format(shown)} matches, ${atLeast(total - shown, total)} more`;
  return total === 1 ? "1 match" : `${numbers.format(total)} matches`;
}
