"use client";

import { useEffect, useRef, useState } from "react";
import { useSearch } from "@/components/ui/use-search";
import { matchesText, shownText } from "./pick-texts";

type Found = { choices: readonly { id: string; name: string }[]; total: number };

/** The initial options, picked ones first, their total number and the search URL. */
export type PickOptions = Found & { searchHref: string };

type Picks = {
  initial: readonly string[];
  /** The values of a concurrent save, and their labels. */
  theirs: readonly string[];
  labels: Readonly<Record<string, string>>;
  /** Whether picked options stay visible while they do not match. */
  keepsPicked: boolean;
};

type View = { found: Found; kept: readonly string[]; names: ReadonlyMap<string, string> };

const unnamed = "Selected";
const namesOf = ({ choices }: Found) => choices.map(({ id, name }) => [id, name] as const);
const checkedIn = (box: Element | null) => [...(box?.querySelectorAll<HTMLInputElement>("input:checked") ?? [])].map(({ value }) => value);

/**
 * The rows of a picker with uncontrolled check boxes: a row that is or was checked stays in the form, hidden when it does not
 * match. Checked rows move to the top when the search changes, not while they are clicked.
 */
export function usePicks(options: PickOptions, { initial, theirs, labels, keepsPicked }: Picks) {
  const box = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState("");
  const [picked, setPicked] = useState(initial);
  const [view, setView] = useState<View>({ found: options, kept: initial, names: new Map(namesOf(options)) });
  const { result, hasFailed, retry } = useSearch<Found>(options.searchHref, words, { parameter: "search", shortest: 1 });
  const found = words === "" ? options : result;
  if (found && found !== view.found) setView({ found, kept: picked, names: new Map([...view.names, ...namesOf(found)]) });

  const follow = () => setPicked(checkedIn(box.current));
  useEffect(() => setPicked(checkedIn(box.current)), []);

  const isSearched = view.found !== options;
  const named = [...view.names.keys()];
  const first = isSearched && !keepsPicked ? [] : [...named.filter((id) => view.kept.includes(id)), ...view.kept, ...(isSearched ? [] : theirs)];
  const shown = new Set([...first, ...view.found.choices.map(({ id }) => id)]);
  const ids = [...new Set([...shown, ...initial, ...picked, ...theirs])];
  const rows = ids.map((id) => ({ value: id, label: view.names.get(id) ?? labels[id] ?? unnamed, isShown: shown.has(id) }));
  const status = isSearched ? matchesText(view.found.choices.length, view.found.total) : shownText(shown.size, options.total);

  const search = (typed: string) => {
    follow();
    setWords(typed.trim());
  };
  return { box, rows, count: picked.length, status, hasFailed, follow, search, retry };
}
