"use client";

import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { inputClass, labelClass, labelNote, selectClass } from "@/components/ui/form-class";
import { pressedKey } from "@/components/ui/keyboard";
import { matchesSearch } from "@/lib/shared/fold-text";
import { useField } from "./context";
import { calledBy, Note } from "./note";

type SearchOption = {
  value: string;
  label: string;
  /** Further search terms besides the label. */
  keywords: string;
};

type Leading = { label: string; values: readonly string[] };

type SearchSelectProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  placeholder: string;
  /** The name of the search field. */
  find: string;
  options: readonly SearchOption[];
  /** The options that come first, under a heading. */
  first?: Leading;
};

/** The options that match the search, and the one that was chosen before the search. */
function useMatches(options: readonly SearchOption[], first?: Leading) {
  const select = useRef<HTMLSelectElement>(null);
  const [search, setSearch] = useState<{ typed: string; chosen?: string }>({ typed: "" });
  // An option that moves between the groups is drawn anew, and the select forgets that it was chosen.
  useLayoutEffect(() => {
    if (select.current && search.chosen !== undefined) select.current.value = search.chosen;
  }, [search]);
  const matches = options.filter((option) => matchesSearch(search.typed, option.label, option.keywords));
  const kept = options.filter((option) => option.value === search.chosen && !matches.includes(option));
  const leading = matches.filter((option) => first?.values.includes(option.value));
  const others = matches.filter((option) => !leading.includes(option));
  const isSearched = search.typed.trim() !== "";

  const type = (typed: string) => setSearch({ typed, chosen: select.current?.value ?? "" });
  const pickFirst = (event: KeyboardEvent) => {
    if (pressedKey(event) !== "Enter") return;
    event.preventDefault();
    const [best] = [...leading, ...others];
    if (!best || !select.current || !isSearched) return;
    select.current.value = best.value;
    select.current.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const status = !isSearched ? "" : matches.length === 0 ? "No results" : `${matches.length} found`;
  return { select, kept, leading, others, status, type, pickFirst };
}

const toOption = ({ value, label }: SearchOption) => (
  <option key={value} value={value}>
    {label}
  </option>
);

/** A searchable select for long lists; the chosen option stays visible. */
export function SearchSelect({ name, label, hint, required, placeholder, find, options, first }: SearchSelectProps) {
  const { control, value = "", note } = useField(name, hint);
  const { select, kept, leading, others, status, type, pickFirst } = useMatches(options, first);
  const isUnknown = value !== "" && !options.some((option) => option.value === value);
  const search = { "aria-label": find, placeholder: "Type to search", autoComplete: "off", maxLength: 100, onKeyDown: pickFirst };
  return (
    <div className="min-w-0">
      <label className={labelClass} htmlFor={control.id}>
        {label}
        {required ? <em className={labelNote}> (required)</em> : null}
      </label>
      <input type="search" className={`${inputClass} script-on mb-1`} {...search} onChange={(event) => type(event.target.value)} />
      <select {...control} ref={select} className={selectClass} defaultValue={value} aria-required={required}>
        <option value="">{placeholder}</option>
        {isUnknown && <option value={value}>{value}</option>}
        {kept.map(toOption)}
        {first && leading.length > 0 && <optgroup label={first.label}>{leading.map(toOption)}</optgroup>}
        {leading.length > 0 ? <optgroup label="All others">{others.map(toOption)}</optgroup> : others.map(toOption)}
      </select>
      <p role="status" className="sr-only">{status}</p>
      <Note {...note} hint={hint} called={calledBy(options)} />
    </div>
  );
}
