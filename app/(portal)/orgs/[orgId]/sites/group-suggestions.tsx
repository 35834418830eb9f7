"use client";

import { buttonClass } from "@/components/ui/button";
import { IconPath } from "@/components/ui/icon-path";
import { plus, x } from "@/components/ui/icons";
import { useSearch } from "@/components/ui/use-search";
import { countText } from "@/lib/shared/count-text";
import { foldName } from "@/lib/shared/fold-text";
import { hasSeparator } from "@/lib/shared/typed-text";

type Suggestion = { id: string; name: string; sites: number; administrators: number };

/** The groups that match what is typed and are not chosen, the one of exactly that name, and whether a new one can be created. */
export function useGroupSuggestions(href: string, typed: string, names: readonly string[]) {
  const { result, hasFailed } = useSearch<Suggestion[]>(href, typed, { parameter: "search", shortest: 1 });
  const name = typed.trim();
  const key = foldName(name);
  const chosen = new Set(names.map(foldName));
  const suggestions = (result ?? []).filter((group) => !chosen.has(foldName(group.name)));
  const exact = suggestions.find((group) => foldName(group.name) === key);
  const separated = hasSeparator(name);
  const created = result !== undefined && key !== "" && !exact && !chosen.has(key) && !separated ? name : undefined;
  const failure = hasFailed ? "The search failed. Try again." : separated ? "Names can’t contain commas or semicolons." : "";
  const isEmpty = result !== undefined && suggestions.length === 0 && created === undefined;
  return { suggestions, exact, created, status: failure || (isEmpty ? "No results" : "") };
}

/** The chosen groups, each with a remove button. */
export function GroupChips({ names, remove }: { names: readonly string[]; remove: (name: string) => void }) {
  if (names.length === 0) return null;
  return (
    <ul className="mb-2 flex list-none flex-wrap gap-1.5 p-0" aria-label="Groups of this site">
      {names.map((name) => (
        <li key={name} className="inline-flex max-w-full items-center gap-1 rounded-md border border-line bg-sunken ps-2 wrap-anywhere">
          {name}
          <button type="button" className="min-h-6 min-w-6 cursor-pointer px-1.5 py-1" onClick={() => remove(name)}>
            <IconPath d={x} />
            <span className="sr-only">Remove {name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const row = "flex w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-start hover:bg-accent-soft focus-visible:bg-accent-soft";

type GroupSuggestionsProps = Omit<ReturnType<typeof useGroupSuggestions>, "exact"> & { add: (name: string) => void };

/** The suggestions: groups with their usage, and a new group with the typed name. */
export function GroupSuggestions({ suggestions, created, status, add }: GroupSuggestionsProps) {
  return (
    <>
      {(suggestions.length > 0 || created !== undefined) && (
        <ul className="mt-1 list-none p-0" aria-label="Suggestions">
          {suggestions.map(({ id, name, sites, administrators }) => (
            <li key={id}>
              <button type="button" className={row} onClick={() => add(name)}>
                <span className="min-w-0 flex-1 wrap-anywhere">{name}</span>
                <small className="text-muted">{`${countText(sites, "site")}, ${countText(administrators, "administrator")}`}</small>
              </button>
            </li>
          ))}
          {created !== undefined && (
            <li>
              <button type="button" className={`${buttonClass("quiet")} max-w-full whitespace-normal wrap-anywhere`} onClick={() => add(created)}>
                <IconPath d={plus} />
                {`Create group “${created}”`}
              </button>
            </li>
          )}
        </ul>
      )}
      <p role="status" className="text-sm text-muted">{status}</p>
    </>
  );
}
