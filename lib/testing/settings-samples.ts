import { valueAt } from "@/lib/shared/settings/document";
import type { SettingsField } from "@/lib/shared/settings/section";

/** Texts of which some fit each kind of text field, list and cell. */
const texts = [
  "North",
  "status.example.com",
  "192.0.2.10",
  "https://proxy.example.com:8080",
  "f3f17139-704a-f03a-2786-0400279e37c3",
  "0a1b2c3d4e5f60718293",
  "0a1b2c3d4e5f",
  "5c:5b:35:00:00:01",
  "nora@example.com",
  "54.3233, 10.1228",
  "10.2.0.0/16",
  "300, 310",
  "1812",
  "-70",
];

const numbers = ["1812", "-70"];

/** A secret that fits everywhere. */
export const sampleSecret = "sample-secret-4711";

/** The lowest and highest number that a field takes in its form, found by bisection between -10,000 and 100,000. */
export function formBounds({ form }: SettingsField): { min: number; max: number } {
  const takes = (number: number) => form.safeParse(String(number)).success;
  const inside = Array.from({ length: 1_001 }, (_, at) => at - 500).find(takes) ?? 0;
  return { min: lastTaken(takes, inside, -10_000), max: lastTaken(takes, inside, 100_000) };
}

function lastTaken(takes: (number: number) => boolean, inside: number, outside: number): number {
  let [taken, refused] = [inside, outside];
  while (Math.abs(refused - taken) > 1) {
    const middle = Math.trunc((taken + refused) / 2);
    if (takes(middle)) taken = middle;
    else refused = middle;
  }
  return taken;
}

/** The first of the given texts that a field takes. */
function fitting({ form }: SettingsField, typed: readonly string[], most: number): string[] {
  const found: string[] = [];
  for (const text of typed) {
    if (found.length === most) break;
    if (form.safeParse(text).success) found.push(text);
  }
  return found;
}

/** What a person could type into a field: each choice, the bounds of a number, some texts, lists and rows. Nothing for a field that its page draws. */
export function validTyped(field: SettingsField): readonly string[] {
  const { control } = field;
  const empty = field.toForm({}) === "" ? [""] : [];
  switch (control.kind) {
    case "check":
      return ["true", ""];
    case "choice":
      return control.options.map(({ value }) => value);
    case "number": {
      const { min, max } = formBounds(field);
      return [String(min), String(max), ...empty];
    }
    case "time":
      return ["00:00", "23:59", "09:30", ...empty];
    case "secret":
      return [sampleSecret];
    case "text":
      return [...fitting(field, texts, 2), ...(field.required ? [] : empty)];
    case "lines":
      return [...fitting(field, texts.flatMap((text) => [text, `${text}\n${text}`]), 2), ...empty];
    case "rows":
      return [...fitting(field, rowLines(control.columns), 2), ...empty];
    case "sites":
    case "own":
      return [];
  }
}

type Columns = Extract<SettingsField["control"], { kind: "rows" }>["columns"];

/** Lines of cells, each with the texts that may fit its column. */
const rowLines = (columns: Columns): string[] => {
  const cells = columns.map(({ kind, options }) => options?.map(({ value }) => value) ?? ["", ...(kind === "number" ? numbers : texts)]);
  let lines = [""];
  for (const [at, choices] of cells.entries()) lines = lines.flatMap((line) => choices.map((cell) => (at === 0 ? cell : `${line}, ${cell}`)));
  return lines;
};

/** What a field refuses: just beyond the bounds of a number, another choice, too long a text, too many lines. */
export function invalidTyped(field: SettingsField): readonly string[] {
  const { control } = field;
  switch (control.kind) {
    case "check":
      return ["on", "maybe"];
    case "choice":
      return ["", "nonsense"].filter((value) => !control.options.some((option) => option.value === value)).slice(-1);
    case "number": {
      const { min, max } = formBounds(field);
      return [String(min - 1), String(max + 1), `${min}.5`, "many"];
    }
    case "time":
      return ["24:00", "9:30", "noon"];
    case "text":
      return ["x".repeat(control.maxLength * 4 + 1)];
    case "lines":
    case "rows":
    case "secret":
      return ["x".repeat(200_000)];
    case "sites":
    case "own":
      return [];
  }
}

/** The values that the stored paths of a field have in a document. */
export const storedValues = (field: SettingsField, document: Readonly<Record<string, unknown>>): [path: string, value: unknown][] =>
  Object.keys(field.document).flatMap((path): [string, unknown][] => {
    const value = valueAt(document, path);
    return value === undefined ? [] : [[path, value]];
  });
