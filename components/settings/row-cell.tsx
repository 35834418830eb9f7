import { inputClass, selectClass } from "@/components/ui/form-class";
import type { RowColumn } from "@/lib/shared/settings/section";

type RowCellProps = {
  column: RowColumn;
  isLast: boolean;
  /** Counted from 0. */
  row: number;
  /** The label of the rows. */
  of: string;
  /** Whether each row shows the labels of its columns, or on wide screens only the first one. */
  labelled: "always" | "once";
  value: string;
  /** The id of the error of this cell; undefined where it has none. */
  describedBy?: string;
  change: (cell: string) => void;
};

// Separators and line breaks would begin another cell or row.
const cellText = (typed: string, isLast: boolean) => typed.replaceAll(isLast ? /[\r\n]+/g : /[\r\n,]+/g, isLast ? " " : "");

const labelLook = (isShown: boolean) => `mb-1 text-sm text-muted ${isShown ? "block" : "hidden max-sm:block"}`;

/** One cell of a row, with the label of its column. */
export function RowCell({ column: { label, kind, options, placeholder, signed }, isLast, row, of, labelled, value, describedBy, change }: RowCellProps) {
  const common = { "aria-label": `${label}, line ${row + 1} of ${of}`, "aria-invalid": describedBy ? true : undefined, "aria-describedby": describedBy, value };
  return (
    <div className={kind === "text" ? "min-w-36 flex-[2]" : "min-w-24 flex-1"}>
      <span aria-hidden="true" className={labelLook(labelled === "always" || row === 0)}>{label}</span>
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
