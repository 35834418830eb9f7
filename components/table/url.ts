/** The search parameters of a page. */
export type Params = Record<string, string | string[] | undefined>;

const placeInList = ["after", "before"];

/** All parameters as name and value, without cursors, notice and the given names. */
export function entriesOf(params: Params, without: readonly string[] = []): [string, string][] {
  return entriesBut(params, [...placeInList, ...without]);
}

function entriesBut(params: Params, without: readonly string[]): [string, string][] {
  const gone = new Set(["notice", ...without]);
  return Object.entries(params).flatMap(([name, value]) => {
    if (gone.has(name) || value === undefined) return [];
    return [value].flat().flatMap((one): [string, string][] => (one === "" ? [] : [[name, one]]));
  });
}

/** The URL of the list with changed parameters; it starts at the first page unless a cursor is given. */
export function hrefWith(path: string, params: Params, changes: Params): string {
  return addressOf(path, entriesOf(params, Object.keys(changes)), changes);
}

/** Builds many URLs of one list that differ in a few parameters. */
export function hrefsWith(path: string, params: Params, names: readonly string[]): (changes: Params) => string {
  const shared = addressOf(path, entriesOf(params, names), {});
  const sign = shared.includes("?") ? "&" : "?";
  return (changes) => {
    const query = addressOf("", [], changes);
    return query === "" ? shared : shared + sign + query.slice(1);
  };
}

/** The URL of the same page with changed parameters, to open or close a dialog. */
export function hrefHere(path: string, params: Params, changes: Params): string {
  return addressOf(path, entriesBut(params, Object.keys(changes)), changes);
}

function addressOf(path: string, kept: [string, string][], changes: Params): string {
  const changed = Object.entries(changes).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  const query = new URLSearchParams([...kept, ...changed].filter(([, value]) => value !== "")).toString();
  return query === "" ? path : `${path}?${query}`;
}

/** One parameter as a list, given as `a,b` or repeated; undefined when it is absent. */
export function listOf(params: Params, name: string): string[] | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  return [value].flat().flatMap((one) => one.split(",")).filter((one) => one !== "");
}

/** One parameter as a text; the first when it is repeated. */
export function oneOf(params: Params, name: string): string {
  return [params[name] ?? ""].flat()[0] ?? "";
}

/** The column and direction of the sort parameter, if the column is sortable. */
export function sortOf(asked: string, sortable: readonly string[]): { key: string; descending: boolean } | undefined {
  const descending = asked.startsWith("-");
  const key = descending ? asked.slice(1) : asked;
  return sortable.includes(key) ? { key, descending } : undefined;
}
