"use client";

import { Button, buttonClass } from "@/components/ui/button";
import { HiddenParams } from "./hidden-params";
import { type TablePage, totalText } from "./table-foot";
import type { Params } from "./url";
import type { Selection } from "./use-selection";

/** The id of the form that the check boxes of the rows belong to. */
export const selectionForm = "selection";

/** A bulk action with its dialog. */
export type SelectionAction = { dialog: string; label: string };

type SelectionBarProps = {
  selection: Selection;
  actions: readonly SelectionAction[];
  page: TablePage;
  params: Params;
  path: string;
};

const bar =
  "sticky bottom-3 z-3 mx-gutter mt-3 hidden flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface px-3 py-2 shadow-float data-on:flex noscript:flex print:hidden";

/** The buttons of the bulk actions; they put the selection into the address of a dialog. */
export function SelectionBar({ selection: { ticked, all, toggleAll, clear }, actions, page, params, path }: SelectionBarProps) {
  const { next, previous, noun = "rows" } = page;
  const everything = `${totalText(page)} ${noun}`.trim();
  return (
    <form id={selectionForm} action={path} className={bar} data-on={ticked.size > 0 ? "" : undefined} aria-label="Selected rows">
      <HiddenParams params={params} without={[]} />
      {["after", "before"].map((name) => typeof params[name] === "string" && <input key={name} type="hidden" name={name} value={params[name]} />)}
      <output className="script-on font-medium tabular-nums">{all ? `All ${everything} selected` : `${ticked.size} selected`}</output>
      <span className="script-off">Select rows, then choose an action.</span>
      {(next || previous) && (
        <label className="flex items-center gap-2">
          <input type="checkbox" name="all" value="true" checked={all} onChange={toggleAll} />
          All {everything} that match
        </label>
      )}
      <span className="flex flex-auto flex-wrap justify-end gap-2">
        {actions.map(({ dialog, label }) => (
          <Button key={dialog} name="dialog" value={dialog}>
            {label}
          </Button>
        ))}
        <button type="button" className={`${buttonClass("quiet")} script-on`} onClick={clear}>
          Clear
        </button>
      </span>
    </form>
  );
}
