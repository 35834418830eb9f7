import * as z from "zod/mini";
import { boundedArray, boundedText } from "@/lib/shared/text-schemas";
import { asciiForm } from "@/lib/shared/typed-text";
import { type SettingsDocument, valueAt } from "./document";
import { joinCells, splitCells } from "./row-text";
import type { RowColumn, SettingsField } from "./section";

export type Row = Readonly<Record<string, unknown>>;

/** A column of rows: how it is shown, and how a cell becomes a value of the stored row. */
export type RowCell = RowColumn & {
  /** Parses the text of a cell; undefined leaves the key out of the stored row. */
  schema: z.ZodMiniType<unknown, string>;
  toText?: (value: unknown) => string;
};

/** How the value at a path holds rows, where it is more than their list; keys that no column shows stay with their row. */
type StoredRows = { value: z.ZodMiniType; read: (value: unknown) => readonly Row[]; write: (rows: readonly Row[]) => unknown };

type RowsField = Pick<SettingsField, "label" | "hint" | "within"> & {
  columns: readonly RowCell[];
  max: number;
  /** The label of the button that adds a row. */
  add: string;
  /** Whether the order of the rows means something, so that it can be changed. */
  ordered?: true;
  /** The schema of a stored row, or how rows are stored. */
  row: z.ZodMiniType | StoredRows;
  /** What is wrong with a row whose cells are each valid. */
  check?: (row: Row) => string | undefined;
  /** The columns by which a row is told from others; the first one when left out. */
  identity?: readonly string[];
};

const maxLineLength = 1_000;

const emptyAsUnset = (text: string) => (text.trim() === "" ? undefined : text.trim());

type NumberCell = Omit<RowColumn, "kind"> & { min: number; max: number; required?: true };

/** A column of whole numbers between two limits; unless they are required, an empty cell means the default. */
export function numberCell({ min, max, required, ...column }: NumberCell): RowCell & { value: z.ZodMiniType<number> } {
  const message = `enter a number from ${min} to ${max}`;
  const value = z.int(message).check(z.minimum(min, message), z.maximum(max, message));
  const typed = z.pipe(boundedText(20, { tooLong: message }), z.transform((text) => (emptyAsUnset(text) === undefined ? undefined : Number(asciiForm(text)))));
  return { ...column, kind: "number", signed: min < 0 || undefined, value, schema: z.pipe(typed, required ? value : z.optional(value)) };
}

type ChoiceCell<T extends string> = Omit<RowColumn, "kind" | "options" | "placeholder"> & { options: readonly [RowOption<T>, ...RowOption<T>[]] };
type RowOption<T extends string> = { value: T; label: string };

/** A column of choices; an empty cell means the first one. */
export function choiceCell<T extends string>({ options, ...column }: ChoiceCell<T>): RowCell & { value: z.ZodMiniType<T> } {
  const values = options.map((option) => option.value);
  const value = z.enum(values as [T, ...T[]], `enter ${values.join(" or ")}`);
  const typed = z.pipe(boundedText(100), z.transform((text) => emptyAsUnset(text)?.toLowerCase() ?? options[0].value));
  return { ...column, kind: "choice", options, value, schema: z.pipe(typed, value) as z.ZodMiniType<unknown, string> };
}

const listOf = (row: z.ZodMiniType, max: number): StoredRows => ({
  value: boundedArray(row, max, `Enter at most ${max}`),
  read: (value) => (value ?? []) as Row[],
  write: (rows) => rows,
});

/** Rows of a form as text: one line per row, cells separated by commas. With script the text is shown as a table. */
export function rowsField({ columns, max, add, ordered, row, check, identity = [columns[0]?.key ?? ""], ...labels }: RowsField) {
  const { value: schema, read, write } = "read" in row ? row : listOf(row, max);
  const form = parseRows({ columns, identity, max, check });
  const keyOf = (stored: Row) => identityOf(identity, stored);
  return (path: string): SettingsField => {
    const storedRows = (document: SettingsDocument) => read(valueAt(document, path));
    return {
      ...labels,
      control: { kind: "rows", columns: columns.map(withoutSchemas), max, add, ordered },
      document: { [path]: schema },
      form,
      toForm: (document) => storedRows(document).map((stored) => joinCells(columns.map((column) => cellText(column, stored)))).join("\n"),
      toDocument: (value, { document }) => {
        const known = new Map(storedRows(document).map((stored) => [keyOf(stored), stored]));
        const rows = (value as Row[]).map((typed) => storedRow(columns, known.get(keyOf(typed)), typed));
        return { [path]: rows.length === 0 ? undefined : write(rows) };
      },
    };
  };
}

const withoutSchemas = ({ key, label, kind, options, placeholder, signed, wide }: RowCell): RowColumn => ({ key, label, kind, options, placeholder, signed, wide });

const plainText = (value: unknown): string => (typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "");

const identityOf = (identity: readonly string[], row: Row): string => identity.map((key) => plainText(row[key])).filter(Boolean).join(" ");

const cellText = ({ key, toText }: RowCell, stored: Row): string => (toText ? toText(stored[key]) : plainText(stored[key]));

/** The stored row with what was typed; keys that no column shows stay. */
function storedRow(columns: readonly RowCell[], known: Row = {}, typed: Row): Row {
  const shown = new Set(columns.map(({ key }) => key));
  const kept = Object.entries(known).filter(([key]) => !shown.has(key));
  const cells = columns.flatMap(({ key }) => (typed[key] === undefined ? [] : [[key, typed[key]] as const]));
  return Object.fromEntries([...cells, ...kept]);
}

type ParseRows = Pick<RowsField, "columns" | "max" | "check"> & { identity: readonly string[] };

/** The schema that reads lines of cells; errors name the line. */
function parseRows({ columns, identity, max, check }: ParseRows): z.ZodMiniType<Row[], string | undefined> {
  const text = z._default(boundedText(max * maxLineLength, { tooLong: `Enter at most ${max}` }), "");
  const numbered = z.pipe(text, z.transform((typed) => typed.split("\n").flatMap((line, at) => (line.trim() === "" ? [] : [{ line: line.trim(), at: at + 1 }]))));
  return z.pipe(
    numbered,
    z.transform((lines, context) => {
      const fail = (message: string) => context.issues.push({ code: "custom", message, input: lines });
      if (lines.length > max) fail(`Enter at most ${max}`);
      const seen = new Set<string>();
      return lines.slice(0, max).map(({ line, at }) => {
        const { row, error } = parseLine(columns, line);
        const key = identityOf(identity, row);
        const wrong = error ?? check?.(row) ?? (seen.has(key) ? `${key} is listed twice` : undefined);
        if (wrong !== undefined) fail(`Line ${at}: ${wrong}`);
        seen.add(key);
        return row;
      });
    }),
  ) as z.ZodMiniType<Row[], string | undefined>;
}

function parseLine(columns: readonly RowCell[], line: string): { row: Record<string, unknown>; error?: string } {
  const row: Record<string, unknown> = {};
  if (line.length > maxLineLength) return { row, error: `use at most ${maxLineLength} characters` };
  const cells = splitCells(line, columns.length);
  for (const [at, { key, label, schema }] of columns.entries()) {
    const { data, error } = schema.safeParse(cells[at] ?? "");
    if (error) return { row, error: `${label}: ${error.issues[0]?.message ?? "check this"}` };
    if (data !== undefined && data !== "") row[key] = data;
  }
  return { row };
}
