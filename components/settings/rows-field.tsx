"use client";

import { type ReactNode, useRef } from "react";
import { flushSync } from "react-dom";
import { Note, useField } from "@/components/form";
import { buttonClass } from "@/components/ui/button";
import { inputClass, labelClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { arrowDown, arrowUp, plus, x } from "@/components/ui/icons";
import { joinCells, typedCells } from "@/lib/shared/settings/row-text";
import type { RowColumn } from "@/lib/shared/settings/section";
import { RowLine } from "./row-line";
import { useFieldText } from "./use-text";

type RowsFieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  columns: readonly RowColumn[];
  max: number;
  add: string;
  /** Whether rows can be moved. */
  ordered?: boolean;
};

type Cells = readonly string[];

const toRows = (text: string, count: number): Cells[] => text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [typedCells(line, count)]));

const columnHint = ({ label, options }: RowColumn) => (options ? `${label.toLowerCase()} (${options.map(({ value }) => value).join(", ")})` : label.toLowerCase());

/** Rows of cells: without script a text with one row per line, with script a table. */
export function RowsField({ name, label, hint, columns, max, add, ordered }: RowsFieldProps) {
  const { control, value = "", note } = useField(name, hint ?? true);
  const { field, text, setText } = useFieldText<HTMLTextAreaElement>(String(value));
  const table = { name, label, columns, max, add, ordered, error: note.error, describedBy: control["aria-describedby"] };
  return (
    <div className="min-w-0">
      <div className="script-off">
        <label className={labelClass} htmlFor={control.id}>{label}</label>
        <textarea {...control} ref={field} rows={4} className={`${inputClass} [font:13px_var(--font-mono)]`} defaultValue={value} autoComplete="off" spellCheck={false} />
      </div>
      <div className="script-on">
        <RowsTable {...table} rows={toRows(text, columns.length)} setRows={(rows) => setText(rows.map(joinRow).join("\n"))} />
      </div>
      <Note {...note} hint={<>{hint}<span className="script-off"> One per line, separated by commas: {columns.map(columnHint).join(", ")}.</span></>} />
    </div>
  );
}

// A row without any text yet keeps its place by a separator.
const joinRow = (cells: Cells) => joinCells(cells) || ",";

/** The faulty line, counted from 0, and the label of its faulty cell where the error names one. */
function faultOf(error: string | undefined, columns: readonly RowColumn[]) {
  const [, line, rest = ""] = /^Line (\d+): (.*)/s.exec(error ?? "") ?? [];
  return { line: Number(line) - 1, label: columns.find(({ label }) => rest.startsWith(`${label}: `))?.label };
}

type Changes = { rows: Cells[]; setRows: (rows: Cells[]) => void };

/** Changes of rows, each of which leaves the focus where the next one is made. */
function useRowChanges({ rows, setRows }: Changes) {
  const body = useRef<HTMLFieldSetElement>(null);
  const focus = (selector: string) => body.current?.querySelector<HTMLElement>(selector)?.focus();
  const show = (changed: Cells[], selector: string) => {
    flushSync(() => setRows(changed));
    focus(selector);
  };
  return {
    body,
    change: (at: number, column: number, cell: string) => setRows(rows.map((cells, index) => (index === at ? cells.toSpliced(column, 1, cell) : cells))),
    append: (cells: Cells) => show([...rows, cells], "li:last-child :is(input, select)"),
    remove: (at: number) => show(rows.toSpliced(at, 1), rows.length === 1 ? "[data-add]" : `li:nth-child(${Math.min(at + 1, rows.length - 1)}) [data-remove]`),
    move(at: number, to: number) {
      const isLastStep = to === 0 || to === rows.length - 1;
      const way = isLastStep === (to < at) ? "down" : "up";
      show(rows.toSpliced(at, 1).toSpliced(to, 0, rows[at] ?? []), `li:nth-child(${to + 1}) [data-move=${way}]`);
    },
    // Errors are shown after the field that has them got the focus.
    focusFault: () => requestAnimationFrame(() => focus(body.current?.querySelector("[aria-invalid]") ? "[aria-invalid]" : ":is(input, select, [data-add])")),
  };
}

type RowsTableProps = Omit<RowsFieldProps, "hint"> & Changes & { error?: string; describedBy?: string };

function RowsTable({ name, label, columns, max, add, ordered, rows, setRows, error, describedBy }: RowsTableProps) {
  const { body, change, append, remove, move, focusFault } = useRowChanges({ rows, setRows });
  const fault = faultOf(error, columns);
  return (
    <fieldset ref={body} className="relative min-w-0" aria-describedby={describedBy}>
      <legend className={labelClass}>{label}</legend>
      <span className="sr-only" tabIndex={-1} data-stands-for={name} onFocus={focusFault} />
      {rows.length > 0 && (
        <ol className="mb-2 grid list-none gap-2 p-0">
          {rows.map((cells, at) => (
            <RowLine
              key={at}
              {...{ columns, cells, at, of: label }}
              describeFault={(column) => (at === fault.line && (fault.label ?? column) === column ? describedBy : undefined)}
              change={(column, cell) => change(at, column, cell)}
            >
              {ordered && rows.length > 1 && (
                <>
                  <RowButton icon={arrowUp} label={`Move line ${at + 1} of ${label} up`} data-move="up" disabled={at === 0} onClick={() => move(at, at - 1)} />
                  <RowButton icon={arrowDown} label={`Move line ${at + 1} of ${label} down`} data-move="down" disabled={at === rows.length - 1} onClick={() => move(at, at + 1)} />
                </>
              )}
              <RowButton icon={x} label={`Remove line ${at + 1} of ${label}`} data-remove="" onClick={() => remove(at)} />
            </RowLine>
          ))}
        </ol>
      )}
      {rows.length < max && (
        <button type="button" className={buttonClass()} data-add="" onClick={() => append(columns.map(({ options }) => options?.[0]?.value ?? ""))}>
          <IconPath d={plus} />
          {add}
        </button>
      )}
    </fieldset>
  );
}

type RowButtonProps = { icon: string; label: string; disabled?: boolean; onClick: () => void; "data-move"?: string; "data-remove"?: string };

function RowButton({ icon, label, ...rest }: RowButtonProps) {
  return (
    <button type="button" className={`${buttonClass("quiet")} shrink-0 disabled:opacity-40`} {...rest}>
      <IconPath d={icon} />
      <span className="sr-only">{label}</span>
    </button>
  );
}
