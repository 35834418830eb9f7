import { useState } from "react";
import { inputClass } from "@/components/ui/form-class";
import { textLink } from "@/components/ui/text-link";
import { inBraces } from "@/lib/shared/variables";
import type { TypedVariable } from "./variable-dialog";

const few = 10;

type VariableTableProps = { variables: readonly TypedVariable[]; edit?: (name: string) => void };

/** The variables of a site with their values; a click on a name opens it. */
export function VariableTable({ variables, edit }: VariableTableProps) {
  const [words, setWords] = useState("");
  const sought = words.trim().toLowerCase();
  const shown = variables.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(sought));
  return (
    <div className="grid min-w-0 gap-2">
      {variables.length > few && (
        <input type="search" className={`${inputClass} script-on`} aria-label="Search variables" placeholder="Type to search" autoComplete="off" maxLength={200} onChange={(event) => setWords(event.target.value)} />
      )}
      <div className="max-h-100 overflow-auto rounded-md border border-line">
        <table className="w-full table-fixed border-collapse text-start">
          <caption className="sr-only">Variables</caption>
          <thead>
            <tr className="text-sm text-muted">
              <th scope="col" className={`${cell} font-medium`}>Variable</th>
              <th scope="col" className={`${cell} font-medium`}>Value</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, value }) => (
              <tr key={name} className="border-t border-line">
                <th scope="row" className={`${cell} ${mono}`}>
                  {edit ? <button type="button" className={`${textLink} text-start wrap-anywhere`} onClick={() => edit(name)}>{inBraces(name)}</button> : inBraces(name)}
                </th>
                <td className={`${cell} ${mono}`}>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sought !== "" && <p role="status" className="text-sm text-muted">{shown.length} of {variables.length}</p>}
    </div>
  );
}

const cell = "px-3 py-2 text-start align-top wrap-anywhere";
const mono = "font-normal [font:13px_var(--font-mono)]";
