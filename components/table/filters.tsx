"use client";

import { useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { inputClass, optionLabel } from "@/components/ui/form-class";
import { Menu } from "@/components/ui/menu";
import { matchesSearch } from "@/lib/shared/fold-text";
import { Kept } from "./kept";
import { hrefWith, listOf, oneOf, type Params } from "./url";

export type Choice = { value: string; label: string };

type FilterMenuProps = {
  label: string;
  name: string;
  options: readonly Choice[];
  params: Params;
  path: string;
  /** The parameter by which the server narrows the options where they are not all here; otherwise the browser narrows them. */
  find?: string;
};

const fewOptions = 8;

/** Several of many: "Admins All", "Admins 2". */
export function FilterMenu({ label, name, options, params, path, find }: FilterMenuProps) {
  const [typed, setTyped] = useState("");
  const chosen = new Set(listOf(params, name));
  const finder = { type: "search", className: inputClass, "aria-label": `Find in ${label}`, placeholder: "Type to find", autoComplete: "off" };
  return (
    <Menu id={`filter-${name}`} label={label} value={chosen.size === 0 ? "All" : String(chosen.size)} on={chosen.size > 0}>
      <form action={path} data-autosubmit="">
        <Kept params={params} without={find === undefined ? [name] : [name, find]} />
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
    </Menu>
  );
}
