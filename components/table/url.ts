/** What the address of a page says: `searchParams`, awaited. */
export type Params = Record<string, string | string[] | undefined>;

const placeInList = ["after", "before"];

/** Every parameter as name and value, without where in the list we are, the notice, and the names given. */
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

/** The list with some parameters changed; it starts at the first row again unless a cursor is among them. */
export function hrefWith(path: string, params: Params, changes: Params): string {
  return addressOf(path, entriesOf(params, Object.keys(changes)), changes);
}

/** The same for many addresses of one list that differ in a few parameters: what they share is written once. */
export function hrefsWith(path: string, params: Params, names: readonly string[]): (changes: Params) => string {
  const shared = addressOf(path, entriesOf(params, names), {});
  const sign = shared.includes("?") ? "&" : "?";
  return (changes) => {
    const query = addressOf("", [], changes);
    return query === "" ? shared : shared + sign + query.slice(1);
  };
}

/** The same rows with some parameters changed: for what opens or closes a window over them. */
export function hrefHere(path: string, params: Params, changes: Params): string {
  return addressOf(path, entriesBut(params, Object.keys(changes)), changes);
}

function addressOf(path: string, kept: [string, string][], changes: Params): string {
  const changed = Object.entries(changes).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  const query = new URLSearchParams([...kept, ...changed].filter(([, value]) => value !== "")).toString();
  return query === "" ? path : `${path}?${query}`;
}

/** One parameter as a list, given as `a,b` or repeated; undefined where it is absent. */
export function listOf(params: Params, name: string): string[] | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  return [value].flat().flatMap((one) => one.split(",")).filter((one) => one !== "");
}

/** One parameter as a single text, the first where it is repeated. */
export function oneOf(params: Params, name: string): string {
  return [params[name] ?? ""].flat()[0] ?? "";
}

/** The sort asked for, if it names a sortable column: its key and direction. */
export function sortOf(asked: string, sortable: readonly string[]): { key: string; descending: boolean } | undefined {
  const descending = asked.startsWith("-");
  const key = descending ? asked.slice(1) : asked;
  return sortable.includes(key) ? { key, descending } : undefined;
}
