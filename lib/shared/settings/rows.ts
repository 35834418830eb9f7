import * as z from "zod/mini";
import { boundedArray, boundedText } from "@/lib/shared/text-schemas";
import { type SettingsDocument, valueAt } from "./document";
import type { RowColumn, SettingsField } from "./section";

export type Row = Readonly<Record<string, unknown>>;

/** A column of rows: how it is shown, and how a cell becomes a value of the stored row. */
export type RowCell = RowColumn & {
  /** Parses the text of a cell; undefined leaves the key out of the stored row. */
  schema: z.ZodMiniType<unknown, string>;
  toText?: (value: unknown) => string;
};

type RowsField = Pick<SettingsField, "label" | "hint" | "within"> & {
  columns: readonly RowCell[];
  max: number;
  /** The label of the button that adds a row. */
  add: string;
  /** The schema of a stored row. */
  row: z.ZodMiniType;
  /** The columns by which a row is told from others; the first one when left out. */
  identity?: readonly string[];
};

const maxLineLength = 1_000;

/** The cells of a line: separated by commas, of which the last cell may hold further ones. */
export function splitCells(line: string, count: number): string[] {
  const parts = line.split(",");
  const cells = parts.length > count ? [...parts.slice(0, count - 1), parts.slice(count - 1).join(",")] : parts;
  return Array.from({ length: count }, (_, at) => (cells[at] ?? "").trim());
}

/** A line of cells as `splitCells` reads it, without empty cells at its end. */
export const joinCells = (cells: readonly string[]): string => cells.join(", ").replace(/(?:, ?)+$/, "");

/** Rows of a form as text: one line per row, cells separated by commas. With script the text is shown as a table. */
export function rowsField({ columns, max, add, row, identity = [columns[0]?.key ?? ""], ...labels }: RowsField) {
  const parsed = parseRows(columns, identity, max);
  const keyOf = (stored: Row) => identityOf(identity, stored);
  return (path: string): SettingsField => {
    const storedRows = (document: SettingsDocument) => (valueAt(document, path) ?? []) as Row[];
    return {
      ...labels,
      control: { kind: "rows", columns: columns.map(({ schema: _, toText: __, ...column }) => column), max, add },
      document: { [path]: boundedArray(row, max, `Enter at most ${max}`) },
      form: parsed,
      toForm: (document) => storedRows(document).map((stored) => joinCells(columns.map((column) => cellText(column, stored)))).join("\n"),
      toDocument: (value, { document }) => {
        const known = new Map(storedRows(document).map((stored) => [keyOf(stored), stored]));
        const rows = (value as Row[]).map((typed) => storedRow(columns, known.get(keyOf(typed)), typed));
        return { [path]: rows.length === 0 ? undefined : rows };
      },
    };
  };
}

const plainText = (value: unknown): string => (typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "");

const identityOf = (identity: readonly string[], row: Row): string => identity.map((key) => plainText(row[key])).join(":");

const cellText = ({ key, toText }: RowCell, stored: Row): string => (toText ? toText(stored[key]) : plainText(stored[key]));

/** The stored row with what was typed; keys that no column shows stay. */
function storedRow(columns: readonly RowCell[], known: Row = {}, typed: Row): Row {
  const shown = new Set(columns.map(({ key }) => key));
  const kept = Object.entries(known).filter(([key]) => !shown.has(key));
  const cells = columns.flatMap(({ key }) => (typed[key] === undefined ? [] : [[key, typed[key]] as const]));
  return Object.fromEntries([...cells, ...kept]);
}

/** The schema that reads lines of cells; errors name the line. */
function parseRows(columns: readonly RowCell[], identity: readonly string[], max: number): z.ZodMiniType<Row[], string | undefined> {
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
        if (error) fail(`Line ${at}: ${error}`);
        else if (seen.has(key)) fail(`Line ${at}: ${key} is listed twice`);
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
