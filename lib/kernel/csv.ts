export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** Tells spreadsheets that the text is UTF-8; written once, before the first line. */
export const csvStart = "\uFEFF";

// A run of apostrophes counts too, so that `plainText` finds back exactly what was written.
const formula = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

const neutral = (text: string) => (formula.test(text) ? `'${text}` : text);

/** Takes from an imported cell the apostrophe that `csvLine` put before a formula. */
export const plainText = (text: string): string => (text.startsWith("'") && formula.test(text) ? text.slice(1) : text);

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== "string") return String(cell);
  const text = neutral(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of RFC 4180 that no spreadsheet takes for a formula (UPL-5). */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;
