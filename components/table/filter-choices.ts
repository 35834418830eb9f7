import type { ListFilter } from "./filters";

type Found = { choices: readonly { id: string; name: string }[]; total: number };

/** A filter by rows of another table, searched on the server when the page does not contain all. Null when there are none. */
export function filterOfChoices({ find, ...filter }: Required<Pick<ListFilter, "name" | "label" | "find">>, { choices, total }: Found, sought = ""): ListFilter[] {
  const options = choices.map(({ id, name }) => ({ value: id, label: name }));
  const searches = sought !== "" || total > choices.length;
  return options.length === 0 && !searches ? [] : [{ ...filter, options, find: searches ? find : undefined }];
}
