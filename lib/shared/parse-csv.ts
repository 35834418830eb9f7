import { CsvError, parse } from "csv-parse/sync";
import { AppError } from "./app-error";

/** The start of a cell that a spreadsheet would run as a formula; leading apostrophes count too, so that unescaping restores the exact original text. */
export const formulaStart = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/** Removes the apostrophe that the export put before a formula. */
export const unescapeFormula = (text: string): string => (text.startsWith("'") && formulaStart.test(text) ? text.slice(1) : text);

/** A row of delimited text and the line it begins in, from 1. */
export type CsvLine = { line: number; cells: string[] };

type CsvLimits = {
  /** No more rows are read. */
  rows?: number;
  /** A row of more bytes is refused. */
  rowSize?: number;
};

const lineBreaks = (cells: readonly string[]) => cells.join("").split("\n").length - 1;

/** The rows of delimited text (RFC 4180) without empty ones; throws with the line whose quotes are wrong or that is too long. */
export function parseCsvLines(text: string, delimiter: string, { rows, rowSize }: CsvLimits = {}): CsvLine[] {
  const ends: number[] = [];
  const onRecord = (cells: string[], { lines }: { lines: number }) => {
    ends.push(lines);
    return cells;
  };
  const limits = { ...(rows === undefined ? {} : { to: rows }), ...(rowSize === undefined ? {} : { max_record_size: rowSize }) };
  try {
    const options = { delimiter, trim: true, relax_quotes: true, relax_column_count: true, skip_records_with_empty_values: true, on_record: onRecord, ...limits };
    return parse(text.replaceAll(/\r\n?/g, "\n"), options).map((cells, index) => ({ line: (ends[index] ?? 0) - lineBreaks(cells), cells }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const next = (ends.at(-1) ?? 0) + 1;
    if (error.code === "CSV_MAX_RECORD_SIZE") throw new AppError("invalid", `Line ${next} is too long, or its quotation marks aren’t closed`);
    throw new AppError("invalid", `Line ${error.code === "CSV_QUOTE_NOT_CLOSED" ? next : Number(error.lines)} can’t be read: check its quotation marks`);
  }
}

/** The rows of delimited text (RFC 4180) without empty ones; throws with the line whose quotes are wrong. */
export const parseCsv = (text: string, delimiter: string): string[][] => parseCsvLines(text, delimiter).map(({ cells }) => cells);
