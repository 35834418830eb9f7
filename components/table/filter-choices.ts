import type { FilterOffer } from "./filters";

type Found = { choices: readonly { id: string; name: string }[]; total: number };

/** The filter by rows of another table; the server searches them where they are not all here. None where there is nothing to choose. */
export function filterOfChoices({ find, ...filter }: Required<Pick<FilterOffer, "name" | "label" | "find">>, { choices, total }: Found, sought = ""): FilterOffer[] {
  const options = choices.map(({ id, name }) => ({ value: id, label: name }));
  const searches = sought !== "" || total > choices.length;
  return options.length === 0 && !searches ? [] : [{ ...filter, options, find: searches ? find : undefined }];
}
