"use client";

import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { pressedKey } from "@/components/ui/keyboard";
import { matchesSearch } from "@/lib/shared/fold-text";
import { useField } from "./context";
import { calledBy, Note } from "./note";

export type SearchOption = { value: string; label: string; /** What finds it besides its label. */ keywords: string };

type SearchSelectProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  placeholder: string;
  options: readonly SearchOption[];
  /** The options that come first, under a heading. */
  first?: { label: string; values: readonly string[] };
};

const toOption = ({ value, label }: SearchOption) => (
  <option key={value} value={value}>
    {label}
  </option>
);

/** One of a long list, which narrows while one types; what is chosen stays in it. */
export function SearchSelect({ name, label, hint, required, placeholder, options, first }: SearchSelectProps) {
  const { control, value = "", note } = useField(name, hint);
  const select = useRef<HTMLSelectElement>(null);
  const [search, setSearch] = useState({ typed: "", chosen: value });
  const matches = options.filter((option) => matchesSearch(search.typed, option.label, option.keywords));
  const kept = options.filter((option) => option.value === search.chosen && !matches.includes(option));
  const leading = matches.filter((option) => first?.values.includes(option.value));
  const others = matches.filter((option) => !leading.includes(option));
  const isUnknown = value !== "" && !options.some((option) => option.value === value);

  const type = (typed: string) => setSearch({ typed, chosen: select.current?.value ?? "" });
  const pickFirst = (event: KeyboardEvent) => {
    if (pressedKey(event) !== "Enter") return;
    event.preventDefault();
    const [best] = [...leading, ...others];
    if (!best || !select.current || search.typed.trim() === "") return;
    select.current.value = best.value;
    select.current.dispatchEvent(new Event("change", { bubbles: true }));
  };

  return (
    <div className="field">
      <label className="label" htmlFor={control.id}>
        {label}
        {required ? <em> (required)</em> : null}
      </label>
      <input
        type="search"
        className="input script-on mb-1"
        aria-label={`Find in ${label}`}
        placeholder="Type to find"
        autoComplete="off"
        maxLength={100}
        onChange={(event) => type(event.target.value)}
        onKeyDown={pickFirst}
      />
      <select {...control} ref={select} className="input" defaultValue={value} aria-required={required}>
        <option value="">{placeholder}</option>
        {isUnknown && <option value={value}>{value}</option>}
        {kept.map(toOption)}
        {first && leading.length > 0 ? (
          <>
            <optgroup label={first.label}>{leading.map(toOption)}</optgroup>
            <optgroup label="All others">{others.map(toOption)}</optgroup>
          </>
        ) : (
          matches.map(toOption)
        )}
      </select>
      <p role="status" className="sr-only">
        {search.typed.trim() === "" ? "" : matches.length === 0 ? "No results" : `${matches.length} found`}
      </p>
      <Note {...note} hint={hint} called={calledBy(options)} />
    </div>
  );
}
