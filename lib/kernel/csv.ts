import { formulaStart } from "@/lib/shared/parse-csv";

export type CsvCell = string | number | bigint | boolean | Date | null | undefined;

/** Byte order mark: tells spreadsheets that the file is UTF-8. */
export const utf8Bom = "\uFEFF";

const escapeFormula = (text: string) => (formulaStart.test(text) ? `'${text}` : text);

function formatCell(cell: CsvCell): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== "string") return String(cell);
  const text = escapeFormula(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Returns one RFC 4180 line with formulas escaped. */
export const csvRow = (cells: readonly CsvCell[]): string => `${cells.map(formatCell).join(",")}\r\n`;

export type CsvColumn<Row> = { title: string; value: (row: Row) => CsvCell };

/** A list as CSV, written a batch at a time. */
export async function* csvParts<Row>(columns: readonly CsvColumn<Row>[], batches: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  yield utf8Bom + csvRow(columns.map(({ title }) => title));
  for await (const rows of batches) {
    if (rows.length > 0) yield rows.map((row) => csvRow(columns.map(({ value }) => value(row)))).join("");
  }
}
