import type { ReactNode } from "react";
import { inputClass, selectClass } from "@/components/ui/form-class";
import type { RowColumn } from "@/lib/shared/settings/section";

type RowLineProps = {
  columns: readonly RowColumn[];
  cells: readonly string[];
  /** Counted from 0. */
  at: number;
  /** The label of the rows. */
  of: string;
  /** The id of the error of a cell, by the label of its column; undefined where it has none. */
  describeFault: (column: string) => string | undefined;
  change: (column: number, cell: string) => void;
  /** The buttons of the row. */
  children: ReactNode;
};

const lineLooks = {
  card: "rounded-md border border-line p-2",
  line: "max-sm:rounded-md max-sm:border max-sm:border-line max-sm:p-2",
};

const mostInLine = 3;

/** One row: its cells beside each other where there is room, and its buttons. */
export function RowLine({ columns, cells, at, of, describeFault, change, children }: RowLineProps) {
  const look = columns.length > mostInLine || columns.some(({ wide }) => wide) ? "card" : "line";
  return (
    <li className={`flex flex-wrap items-end justify-end gap-1 ${lineLooks[look]}`}>
      <div className="flex min-w-0 flex-[1_1_15rem] flex-wrap items-end gap-2">
        {columns.map((column, key) => (
          <Cell
            key={column.key}
            column={column}
            isLast={key === columns.length - 1}
            name={`${column.label}, line ${at + 1} of ${of}`}
            showsLabel={look === "card" || at === 0}
            value={cells[key] ?? ""}
            describedBy={describeFault(column.label)}
            change={(cell) => change(key, cell)}
          />
        ))}
      </div>
      <div className="flex gap-1">{children}</div>
    </li>
  );
}

type CellProps = {
  column: RowColumn;
  isLast: boolean;
  name: string;
  /** Whether the label of the column is shown on wide screens, too. */
  showsLabel: boolean;
  value: string;
  describedBy?: string;
  change: (cell: string) => void;
};

const cellWidths = { text: "min-w-36 flex-[2]", choice: "min-w-24 flex-1", number: "min-w-24 flex-1 max-sm:min-w-28 sm:max-w-32" };

// Separators and line breaks would begin another cell or row.
const cellText = (typed: string, isLast: boolean) => (isLast ? typed.replaceAll(/[\r\n]+/g, " ") : typed.replaceAll(/[\r\n,]+/g, ""));

function Cell({ column: { label, kind, options, placeholder, signed, wide }, isLast, name, showsLabel, value, describedBy, change }: CellProps) {
  const common = { "aria-label": name, "aria-invalid": describedBy ? true : undefined, "aria-describedby": describedBy, value };
  return (
    <div className={wide ? "basis-full" : cellWidths[kind]}>
      <span aria-hidden="true" className={`mb-1 text-sm text-muted ${showsLabel ? "block" : "hidden max-sm:block"}`}>{label}</span>
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
          inputMode={kind === "number" && !signed ? "numeric" : undefined}
          placeholder={placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={900}
          onChange={(event) => change(cellText(event.target.value, isLast))}
        />
      )}
    </div>
  );
}
