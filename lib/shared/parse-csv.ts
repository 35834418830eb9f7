import { CsvError, parse } from "csv-parse/sync";
import { AppError } from "./app-error";

/** The start of a cell that a spreadsheet would run as a formula; leading apostrophes count too, so that unescaping restores the exact original text. */
export const formulaStart = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/** Removes the apostrophe that the export put before a formula. */
export const unescapeFormula = (text: string): string => (text.startsWith("'") && formulaStart.test(text) ? text.slice(1) : text);

/** The rows of delimited text (RFC 4180) without empty ones; throws with the line whose quotes are wrong. */
export function parseCsv(text: string, delimiter: string): string[][] {
  try {
    return parse(text.replaceAll(/\r\n?/g, "\n"), { delimiter, trim: true, relax_quotes: true, relax_column_count: true, skip_records_with_empty_values: true });
  } catch (error) {
    if (error instanceof CsvError) throw new AppError("invalid", `Line ${String(error.lines)} can’t be read: check its quotation marks`);
    throw error;
  }
}
