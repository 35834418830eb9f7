import { listOf, oneOf, type Params } from "./url";

/** The selected rows and the open dialog in the address of a list. */
export type Selected = { ids: string[]; all: boolean; dialog: string };

const own = new Set(["ids", "all", "dialog"]);
const rowId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const maxIds = 50;

/** Splits the search parameters into those of the list and those of the selection. */
export function splitSelection(query: Params): { params: Params; selected: Selected } {
  const params = Object.fromEntries(Object.entries(query).filter(([name]) => !own.has(name)));
  const ids = (listOf(query, "ids") ?? []).filter((id) => rowId.test(id)).slice(0, maxIds);
  return { params, selected: { ids, all: oneOf(query, "all") === "true", dialog: oneOf(query, "dialog") } };
}

/** The parameters of the page and the selection, to return from a dialog. */
export const selectionParams = ({ after, before }: Params, { ids, all }: Selected): Params => ({ after, before, ...(all ? { all: "true" } : { ids }) });

/** "Omar Haddad, Nora Falk and 10 more". */
export function namesText(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return new Intl.ListFormat("en-GB").format(shown);
}
