"use client";

import { useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { inputClass, optionLabel } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { x } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { matchesSearch } from "@/lib/shared/fold-text";
import { HiddenParams } from "./hidden-params";
import { hrefWith, listOf, oneOf, type Params } from "./url";

export type Choice = { value: string; label: string };

/** A filter of a list by the values of one parameter. */
export type ListFilter = {
  label: string;
  /** The parameter of the address. */
  name: string;
  options: readonly Choice[];
  /** The search parameter for options that the page does not contain; without it the browser filters. */
  find?: string;
};

type FilterMenuProps = ListFilter & { params: Params; path: string };

const fewOptions = 8;

/** Formats the chosen values: "Super User", or "Super User +1" for more than one. */
function chosenText(options: readonly Choice[], chosen: ReadonlySet<string>): string {
  const [first] = options.filter(({ value }) => chosen.has(value));
  if (!first) return String(chosen.size);
  return chosen.size > 1 ? `${first.label} +${chosen.size - 1}` : first.label;
}

/** A filter as a chip with its chosen values, a link that removes it, and a menu for several values. */
export function FilterMenu(props: FilterMenuProps) {
  const { label, name, options, params, path } = props;
  const chosen = new Set(listOf(params, name));
  const text = chosenText(options, chosen);
  const isSet = chosen.size > 0;
  return (
    <span className="inline-flex max-w-full">
      <Menu id={`filter-${name}`} label={isSet ? `${label}:` : label} value={isSet ? text : undefined} on={isSet} variant={isSet ? "joined" : "chip"}>
        <FilterForm {...props} chosen={chosen} />
      </Menu>
      {isSet && (
        <a className={`${buttonClass("chip")} rounded-s-none px-1.5`} data-on="" href={hrefWith(path, params, { [name]: undefined })}>
          <IconPath d={x} />
          <span className="sr-only">
            Remove {label}: {text}
          </span>
        </a>
      )}
    </span>
  );
}

function FilterForm({ label, name, options, params, path, find, chosen }: FilterMenuProps & { chosen: ReadonlySet<string> }) {
  const [typed, setTyped] = useState("");
  const finder = { type: "search", className: inputClass, "aria-label": `Search ${label}`, placeholder: "Type to search", autoComplete: "off" };
  return (
    <form action={path} data-autosubmit="">
      <HiddenParams params={params} without={find === undefined ? [name] : [name, find]} />
      {find !== undefined && <input {...finder} name={find} defaultValue={oneOf(params, find)} />}
      {find === undefined && options.length > fewOptions && (
        <input {...finder} className={`${inputClass} script-on`} value={typed} onChange={(event) => setTyped(event.target.value)} />
      )}
      <fieldset className="my-1 max-h-74 overflow-auto">
        <legend className="sr-only">{label}</legend>
        {options.map(({ value, label: text }) => (
          <label key={value} className={optionLabel} hidden={!matchesSearch(typed, text)}>
            <input type="checkbox" name={name} value={value} defaultChecked={chosen.has(value)} />
            {text}
          </label>
        ))}
      </fieldset>
      <div className="flex items-center gap-2">
        <button className={`${buttonClass("primary")} script-off`}>Apply</button>
        {chosen.size > 0 && (
          <a className="text-accent" href={hrefWith(path, params, { [name]: undefined })}>
            Clear
          </a>
        )}
      </div>
    </form>
  );
}
