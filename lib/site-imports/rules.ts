import type * as z from "zod/mini";
import type { SiteImportResult, SiteImportRow } from "@/db/schema";
import { AppError } from "@/lib/shared/app-error";
import { countries } from "@/lib/shared/countries";
import { decodeText } from "@/lib/shared/decode-text";
import { foldName, foldSearch } from "@/lib/shared/fold-text";
import { type CsvLine, parseCsvLines, unescapeFormula } from "@/lib/shared/parse-csv";
import { isTimeZone, currentTimeZoneName } from "@/lib/shared/time-zone-id";
import { timeZonesByCountry } from "@/lib/shared/time-zone-names";
import { multiLine, singleLine } from "@/lib/shared/text-schemas";
import { asciiForm, splitList } from "@/lib/shared/typed-text";
import { fileTooLarge, maxFileSize } from "@/lib/shared/site-import-limits";
import { addressProblem, maxGroups, maxNotesLength, siteFields } from "@/lib/sites/schema";

/** How many previews that are not started a person can have. */
export const mostPreviews = 5;

/** How many sites a list can have. */
export const mostSites = 2_000;

// More lines than sites, for notes of several lines; the time to skip empty rows grows with the square of their number.
const mostLines = 10_000;
const [mostColumns, longestRow, mostGroupNames] = [100, 20_000, 500];

const columnNames = {
  name: ["name", "sitename", "site"],
  country: ["country", "countrycode"],
  timeZone: ["timezone", "tz"],
  streetAddress: ["address", "streetaddress"],
  latitude: ["latitude", "lat"],
  longitude: ["longitude", "lng", "lon"],
  notes: ["notes", "note"],
  groups: ["sitegroups", "sitegroup", "groups", "group"],
};
type Column = keyof typeof columnNames;

const labels: Record<Column, string> = {
  name: "Name",
  country: "Country",
  timeZone: "Time zone",
  streetAddress: "Address",
  latitude: "Latitude",
  longitude: "Longitude",
  notes: "Notes",
  groups: "Site groups",
};

const columnOf = (title: string) => {
  const letters = title.slice(0, 100).toLowerCase().replaceAll(/[^a-z]/g, "");
  return (Object.keys(columnNames) as Column[]).find((column) => columnNames[column].includes(letters));
};

const refused = (message: string) => new AppError("invalid", message);

// Line breaks and tabs are what a text may hold besides characters.
const control = /[^\P{Cc}\t\n]/u;

/** The text with one kind of line ends; throws with the line that is no text. */
function plainText(text: string): string {
  const plain = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n").toWellFormed();
  const lines = plain.split("\n");
  if (lines.length > mostLines) throw refused(`This list has more than ${mostLines.toLocaleString("en")} lines. Split it`);
  for (const [index, line] of lines.entries()) {
    if (control.test(line)) throw refused(`Line ${index + 1} has characters that no CSV file has. Export the list as CSV, and choose that file`);
    if (line.length > longestRow) throw refused(`Line ${index + 1} is longer than ${longestRow.toLocaleString("en")} characters`);
  }
  return plain;
}

const delimiters = [",", ";", "\t"];

/** What separates the cells: of the usual characters the one by which the first line has most of the known columns. */
function delimiterOf(text: string): string {
  const [head = ""] = text.trimStart().split("\n", 1);
  const known = delimiters.map((delimiter) => head.split(delimiter).filter((title) => columnOf(title)).length);
  return delimiters[known.indexOf(Math.max(...known))] ?? ",";
}

function readColumns({ cells }: CsvLine) {
  if (cells.length > mostColumns) throw refused(`The first line has more than ${mostColumns} columns`);
  const columns = cells.map(columnOf);
  const twice = columns.find((column, index) => column && columns.indexOf(column) !== index);
  if (twice) throw refused(`Two columns of the first line mean the same: ${labels[twice]}`);
  for (const column of ["name", "country"] as const) {
    if (!columns.includes(column)) throw refused(`The first line has no column ${labels[column]}. It names the columns: Name, Country and others`);
  }
  return columns;
}

const withoutArticle = (name: string) => foldSearch(name).replaceAll("&", "and").replaceAll("’", "'").replace(/^the /, "");
const otherNames = { usa: "US", "united states of america": "US", uk: "GB", "great britain": "GB", "czech republic": "CZ", turkey: "TR", "ivory coast": "CI", "hong kong": "HK", macau: "MO" };
const countryCodes = new Map<string, string>([
  ...Object.entries(countries).flatMap(([code, name]): [string, string][] => [[code.toLowerCase(), code], [withoutArticle(name), code]]),
  ...Object.entries(otherNames),
]);

const quote = (text: string) => `“${shown(text, 40)}”`;

/** A cell as it can be stored and shown even if it is faulty. */
const shown = (text: string, length: number) => text.replaceAll(/\p{C}+/gu, " ").trim().slice(0, length).toWellFormed();

type Reading = { cell: (column: Column) => string; fault: (column: Column, reason: string) => void };

function readText<S extends z.ZodMiniType>({ cell, fault }: Reading, column: Column, schema: S): z.output<S> | undefined {
  const parsed = schema.safeParse(cell(column));
  if (!parsed.success) fault(column, parsed.error.issues[0]?.message ?? "");
  return parsed.data;
}

function readCountry({ cell, fault }: Reading): string {
  const typed = cell("country");
  const code = typed.length > 100 ? undefined : countryCodes.get(withoutArticle(typed));
  if (!code) fault("country", typed.trim() === "" ? "Fill in this field" : `${quote(typed)} is no country`);
  return code ?? "";
}

function readTimeZone({ cell, fault }: Reading, country: string, at: Date): string {
  const typed = asciiForm(cell("timeZone").slice(0, 100)).trim().replaceAll(" ", "_");
  if (isTimeZone(typed)) return currentTimeZoneName(typed);
  const proposed = typed === "" ? timeZonesByCountry(at)[country]?.proposed : undefined;
  const reason = typed === "" ? `${countries[country] ?? "The country"} has several, so fill in this field` : `${quote(typed)} is no time zone. Use a name such as Europe/Berlin`;
  if (!proposed && (typed !== "" || country !== "")) fault("timeZone", reason);
  return proposed ?? "";
}

const degrees = /^[+-]?\d{1,3}(?:[.,]\d{1,15})?$/;

function readDegrees({ cell, fault }: Reading, column: "latitude" | "longitude", most: number): number | null {
  const typed = asciiForm(cell(column).slice(0, 100)).trim();
  if (typed === "") return null;
  const number = degrees.test(typed) ? Number(typed.replace(",", ".")) : Number.NaN;
  if (Math.abs(number) <= most) return number;
  fault(column, `Use a number from -${most} to ${most}`);
  return null;
}

/** Names that look alike count as one, in its first spelling. */
function eachOnce(names: readonly string[]): string[] {
  const spellings = new Map<string, string>();
  for (const name of names) if (!spellings.has(foldName(name))) spellings.set(foldName(name), name);
  return [...spellings.values()];
}

function readGroups({ cell, fault }: Reading): string[] {
  const names = splitList(cell("groups")).flatMap((name) => {
    const parsed = singleLine(64).safeParse(name);
    if (!parsed.success) fault("groups", parsed.error.issues[0]?.message ?? "");
    return parsed.data ?? [];
  });
  const unique = eachOnce(names);
  if (unique.length > maxGroups) fault("groups", `A site can be in at most ${maxGroups} groups`);
  return unique.slice(0, maxGroups);
}

function readRow({ line, cells }: CsvLine, columns: readonly (Column | undefined)[], at: Date): SiteImportRow {
  const faults = new Map<string, string>();
  const fault = (column: Column, reason: string) => faults.set(column, `${labels[column]}: ${reason}`);
  const reading = { cell: (column: Column) => unescapeFormula(cells[columns.indexOf(column)] ?? ""), fault };
  if (cells.slice(columns.length).some(Boolean)) faults.set("", "It has more cells than the first line");
  const name = readText(reading, "name", siteFields.name) ?? shown(reading.cell("name"), 64);
  const country = readCountry(reading);
  const timeZone = readTimeZone(reading, country, at);
  const streetAddress = readText(reading, "streetAddress", siteFields.streetAddress) ?? "";
  const outOfBounds = addressProblem(streetAddress);
  if (outOfBounds) fault("streetAddress", outOfBounds);
  const [latitude, longitude] = [readDegrees(reading, "latitude", 90), readDegrees(reading, "longitude", 180)];
  if ((latitude === null) !== (longitude === null) && !faults.has("latitude")) fault("longitude", "Fill in both latitude and longitude, or neither");
  const notes = readText(reading, "notes", multiLine(maxNotesLength)) ?? "";
  const row = { line, name, country, timeZone, streetAddress, latitude, longitude, notes, groups: readGroups(reading) };
  return faults.size > 0 ? { ...row, fault: [...faults.values()].join(". ") } : row;
}

/** Marks each row that has the name of a faultless row before it. */
function withoutRepeated(rows: readonly SiteImportRow[]): SiteImportRow[] {
  const lines = new Map<string, number>();
  return rows.map((row) => {
    if (row.fault) return row;
    const first = lines.get(foldName(row.name));
    lines.set(foldName(row.name), first ?? row.line);
    return first === undefined ? row : { ...row, fault: `Name: Line ${first} has a site of this name` };
  });
}

/** What a list says: a row for each site, and the columns that mean nothing here. */
export type SiteList = { rows: SiteImportRow[]; ignoredColumns: string[] };

/** The sites of a CSV text with a line of headings; rows that cannot be imported have a fault, and a text that is no such list is refused. */
export function readSiteList(text: string, at: Date): SiteList {
  const plain = plainText(text);
  if (plain.trim() === "") throw refused("Choose a file or paste a list");
  const [head, ...lines] = parseCsvLines(plain, delimiterOf(plain), { rows: mostSites + 2, rowSize: 4 * longestRow });
  if (!head) throw refused("This list is empty");
  const columns = readColumns(head);
  if (lines.length === 0) throw refused("This list has no sites, only the line that names the columns");
  if (lines.length > mostSites) throw refused(`This list has more than ${mostSites.toLocaleString("en")} sites. Split it`);
  const rows = withoutRepeated(lines.map((line) => readRow(line, columns, at)));
  if (new Set(rows.flatMap(({ groups }) => groups).map(foldName)).size > mostGroupNames) throw refused(`This list names more than ${mostGroupNames} site groups. Split it`);
  const ignored = head.cells.filter((title, index) => title !== "" && !columns[index]);
  return { rows, ignoredColumns: ignored.map((title) => shown(title, 64)).filter(Boolean) };
}

type Upload = { csv: string; file: string };

/** The sites of an uploaded list; throws with the reason beside the file, or beside the pasted text. */
export function readUpload({ csv, file }: Upload, at: Date): SiteList {
  try {
    return readSiteList(file || csv, at);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError("invalid", "Check the marked fields", { [file || !csv.trim() ? "file" : "csv"]: [error.message] });
  }
}

/** A chosen file as the input of an import; throws when it is too large. */
export async function fileInput(file: File) {
  if (file.size > maxFileSize) throw new AppError("invalid", "Check the marked fields", { file: [fileTooLarge] });
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  // A file of nothing is a mistake, rather than no file.
  return { file: text === "" ? " " : text, fileName: shown(file.name, 100) };
}

/** What a pasted list is called: by its first site. */
export function listName(rows: readonly SiteImportRow[]): string {
  const [first] = rows;
  return rows.length > 1 ? `${first?.name || "A site"} and ${rows.length - 1} more` : (first?.name || "A site");
}

type Existing = { sites: ReadonlySet<string>; groups: ReadonlySet<string> };

/** What an import would do with each row, given the keys of the names that exist. */
export const previewOf = (rows: readonly SiteImportRow[], createsGroups: boolean, { sites, groups }: Existing): SiteImportResult[] =>
  rows.map(({ name, groups: named, fault }) => {
    if (fault) return { status: "faulty", text: fault };
    if (sites.has(foldName(name))) return { status: "ignored", text: "A site of this name exists" };
    const missing = createsGroups ? undefined : named.find((group) => !groups.has(foldName(group)));
    return missing === undefined ? { status: "added" } : { status: "faulty", text: `Site groups: No site group is called ${quote(missing)}` };
  });

/** The names of the groups that the added rows need and that do not exist, each once. */
export function newGroupsOf(rows: readonly SiteImportRow[], results: readonly SiteImportResult[], groups: ReadonlySet<string>): string[] {
  const named = rows.flatMap((row, index) => (results[index]?.status === "added" ? row.groups : []));
  return eachOnce(named).filter((name) => !groups.has(foldName(name)));
}

/** How many rows have each result. */
export function countResults(results: readonly SiteImportResult[]): Record<SiteImportResult["status"], number> {
  const counts = { added: 0, ignored: 0, faulty: 0, removed: 0, kept: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}

/** What became of each row when an import was undone, given the ids of the sites that were removed. */
export const undoneResults = (results: readonly SiteImportResult[], removed: ReadonlySet<string>): SiteImportResult[] =>
  results.map((result) => {
    if (result.status !== "added" || !result.siteId) return result;
    return removed.has(result.siteId) ? { status: "removed" } : { ...result, status: "kept", text: "Changed or deleted since the import" };
  });
