"use client";

import { type ReactNode, useRef } from "react";
import { flushSync } from "react-dom";
import { Note, useField } from "@/components/form";
import { buttonClass } from "@/components/ui/button";
import { inputClass, labelClass, selectClass } from "@/components/ui/form-class";
import { IconPath } from "@/components/ui/icon-path";
import { plus, x } from "@/components/ui/icons";
import { joinCells, splitCells } from "@/lib/shared/settings/rows";
import type { RowColumn } from "@/lib/shared/settings/section";
import { useFieldText } from "./use-text";

type RowsFieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  columns: readonly RowColumn[];
  max: number;
  add: string;
};

type Cells = readonly string[];

const toRows = (text: string, count: number): Cells[] => text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [splitCells(line, count)]));

/** Rows of cells: without script a text with one row per line, with script a table. */
export function RowsField({ name, label, hint, columns, max, add }: RowsFieldProps) {
  const { control, value = "", note } = useField(name, hint);
  const { field, text, setText } = useFieldText<HTMLTextAreaElement>(String(value));
  const lineHint = `One per line: ${columns.map((column) => column.label.toLowerCase()).join(", ")}`;
  return (
    <div className="min-w-0">
      <div className="script-off">
        <label className={labelClass} htmlFor={control.id}>{label}</label>
        <textarea {...control} ref={field} rows={4} className={`${inputClass} [font:13px_var(--font-mono)]`} defaultValue={value} autoComplete="off" spellCheck={false} />
      </div>
      <div className="script-on">
        <RowsTable {...{ label, columns, max, add, invalid: note.error !== undefined }} rows={toRows(text, columns.length)} setRows={(rows) => setText(rows.map(joinRow).join("\n"))} />
      </div>
      <Note {...note} hint={<>{hint}<span className="script-off"> {lineHint}</span></>} />
    </div>
  );
}

// A row without any text yet keeps its place by a separator.
const joinRow = (cells: Cells) => joinCells(cells) || ",";

type RowsTableProps = Pick<RowsFieldProps, "label" | "columns" | "max" | "add"> & { rows: Cells[]; setRows: (rows: Cells[]) => void; invalid: boolean };

function RowsTable({ label, columns, max, add, rows, setRows, invalid }: RowsTableProps) {
  const list = useRef<HTMLUListElement>(null);
  const change = (at: number, column: number, cell: string) => setRows(rows.map((cells, index) => (index === at ? cells.map((one, key) => (key === column ? cell : one)) : cells)));
  const addRow = () => {
    flushSync(() => setRows([...rows, columns.map(({ options }) => options?.[0]?.value ?? "")]));
    list.current?.querySelector<HTMLElement>("li:last-child :is(input, select)")?.focus();
  };
  return (
    <fieldset className="min-w-0">
      <legend className={labelClass}>{label}</legend>
      {rows.length > 0 && (
        <ul ref={list} className="mb-2 grid list-none gap-2 p-0">
          {rows.map((cells, at) => (
            <li key={at} className="flex flex-wrap items-end gap-2 max-sm:rounded-md max-sm:border max-sm:border-line max-sm:p-2">
              {columns.map((column, key) => (
                <Cell
                  key={column.key}
                  column={column}
                  isLast={key === columns.length - 1}
                  row={at}
                  value={cells[key] ?? ""}
                  invalid={invalid}
                  change={(cell) => change(at, key, cell)}
                />
              ))}
              <button type="button" className={`${buttonClass("quiet")} shrink-0`} onClick={() => setRows(rows.filter((_, index) => index !== at))}>
                <IconPath d={x} />
                <span className="sr-only">Remove row {at + 1} of {label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {rows.length < max && (
        <button type="button" className={buttonClass()} onClick={addRow}>
          <IconPath d={plus} />
          {add}
        </button>
      )}
    </fieldset>
  );
}

type CellProps = { column: RowColumn; isLast: boolean; row: number; value: string; invalid: boolean; change: (cell: string) => void };

// Separators and line breaks would begin another cell or row.
const cellText = (typed: string, isLast: boolean) => typed.replaceAll(isLast ? /[\r\n]/g : /[\r\n,]/g, "");

function Cell({ column: { label, kind, options, placeholder }, isLast, row, value, invalid, change }: CellProps) {
  const name = `${label}, row ${row + 1}`;
  const common = { "aria-label": name, "aria-invalid": invalid || undefined, value };
  return (
    <div className={kind === "number" ? "w-24 min-w-0" : "min-w-28 flex-1"}>
      <span aria-hidden="true" className={row === 0 ? "mb-1 block text-sm text-muted" : "mb-1 hidden text-sm text-muted max-sm:block"}>{label}</span>
      {options ? (
        <select {...common} className={selectClass} onChange={(event) => change(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>{option.label}</option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          className={inputClass}
          inputMode={kind === "number" ? "numeric" : undefined}
          placeholder={placeholder}
          autoComplete="off"
          maxLength={500}
          onChange={(event) => change(cellText(event.target.value, isLast))}
        />
      )}
    </div>
  );
}
