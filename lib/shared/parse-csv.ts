/** The start of a cell that a spreadsheet would run as a formula; leading apostrophes count too, so that unescaping restores the exact original text. */
export const formulaStart = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/** Removes the apostrophe that the export put before a formula. */
export const unescapeFormula = (text: string): string => (text.startsWith("'") && formulaStart.test(text) ? text.slice(1) : text);

/** The rows of delimited text (RFC 4180): quoted cells may hold the delimiter, doubled quotes and line breaks. Rows without any text are left out. */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.some(Boolean)) rows.push(row);
    row = [];
  };
  const characters = text.replaceAll(/\r\n?/g, "\n");
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters.charAt(at);
    if (isQuoted && character === '"' && characters.charAt(at + 1) === '"') {
      cell += character;
      at += 1;
    } else if (character === '"' && (isQuoted || cell.trim() === "")) isQuoted = !isQuoted;
    else if (!isQuoted && character === delimiter) endCell();
    else if (!isQuoted && character === "\n") endRow();
    else cell += character;
  }
  endRow();
  return rows;
}
