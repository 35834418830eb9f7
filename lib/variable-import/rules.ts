import { AppError } from "@/lib/shared/app-error";
import { parseCsvLines, unescapeFormula } from "@/lib/shared/parse-csv";
import type { ItemResult } from "@/lib/shared/selection";
import { inBraces } from "@/lib/shared/variables";
import { maxVariables, Variable, type Variables } from "@/lib/site-variables/schema";

const maxRows = 1_000;
const maxRowSize = 8_000;
const maxShown = 60;

const refused = (message: string) => new AppError("invalid", "Check the marked fields", { document: [message] });

/** The variables that an import adds, and what happens to each of its rows. */
export type VariableImport = { variables: Variables; results: ItemResult[] };

/** What an import of CSV text with the header Variable,Value does beside the variables that exist, which it keeps; throws for a text that cannot be read. */
export function planImport(text: string, existing: Readonly<Record<string, string>>): VariableImport {
  const { columns, lines } = readTable(text);
  const found = new Map<string, { value: string; line: number }>();
  const results = lines.map(({ line, cells }, at): ItemResult => {
    const { name, value, fault } = readRow(cells, columns);
    const result = (text: string, done = false) => ({ id: String(at), name: `Line ${line}${name === "" ? "" : `, ${name}`}`, text, done });
    if (fault !== undefined) return result(fault);
    if (Object.hasOwn(existing, name)) return result(`ignored, because ${inBraces(name)} exists`);
    const twice = found.get(name);
    if (twice) return result(`not imported: ${inBraces(name)} is in line ${twice.line}, too`);
    found.set(name, { value, line });
    return result(`added with the value ${value.length > maxShown ? `${value.slice(0, maxShown)}…` : value}`, true);
  });
  const room = maxVariables - Object.keys(existing).length;
  if (found.size > room) throw refused(`A site can have at most ${maxVariables} variables. ${room === 0 ? "It has no room for more" : `It has room for ${room} more, and this adds ${found.size}`}`);
  return { variables: Object.fromEntries([...found].map(([name, { value }]) => [name, value])), results };
}

type Columns = { name: number; value: number };

/** The rows below the header, whichever separator a spreadsheet wrote. */
function readTable(text: string) {
  const plain = text.replace(/^\uFEFF/, "").trimStart();
  const [head = ""] = plain.split(/[\r\n]/, 1);
  const delimiter = [",", ";", "\t"].find((one) => columnsOf(head.split(one)) !== undefined);
  const columns = columnsOf(head.split(delimiter ?? ","));
  if (delimiter === undefined || columns === undefined) throw refused("The first line must be Variable,Value");
  const [, ...lines] = linesOf(plain, delimiter);
  const before = text.slice(0, text.length - plain.length).split("\n").length - 1;
  if (lines.length > maxRows) throw refused(`Import at most ${maxRows.toLocaleString("en-GB")} rows at once`);
  if (lines.length === 0) throw refused("There are no rows below the first line");
  return { columns, lines: lines.map(({ line, cells }) => ({ line: line + before, cells })) };
}

function linesOf(text: string, delimiter: string) {
  try {
    return parseCsvLines(text, delimiter, { rows: maxRows + 2, rowSize: maxRowSize });
  } catch (error) {
    throw error instanceof AppError ? refused(error.message) : error;
  }
}

function columnsOf(titles: readonly string[]): Columns | undefined {
  const names = titles.slice(0, 2).map((title) => title.replaceAll('"', "").trim().toLowerCase());
  const [name, value] = [names.indexOf("variable"), names.indexOf("value")];
  const hasMore = titles.slice(2).some((title) => title.trim() !== "");
  return name < 0 || value < 0 || hasMore ? undefined : { name, value };
}

function readRow(cells: readonly string[], columns: Columns): { name: string; value: string; fault?: string } {
  const typed = { name: unescapeFormula(cells[columns.name] ?? ""), value: unescapeFormula(cells[columns.value] ?? "") };
  if (cells.slice(2).some((cell) => cell !== "")) return { name: "", value: "", fault: "not imported: more than two cells. Put a value with commas in quotation marks" };
  const { data, error } = Variable.safeParse(typed);
  if (data) return data;
  const [issue] = error.issues;
  return { name: "", value: "", fault: `not imported. ${issue?.path[0] === "value" ? "Value" : "Variable"}: ${issue?.message ?? "check this"}` };
}
