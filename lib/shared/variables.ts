import { compareText } from "./text-order";

/** How many characters the text of all variables of a site can have. */
export const maxVariablesText = 200_000;

/** The name of a variable without braces. */
export const variableNamePattern = /^\w+$/;

const reference = /\{\{\s*(\w+)\s*\}\}/g;

/** A name as it is typed, without the braces around it. */
export function withoutBraces(typed: string): string {
  const name = typed.trim();
  return name.startsWith("{{") && name.endsWith("}}") && name.length > 4 ? name.slice(2, -2).trim() : name;
}

/** A name as people see and type it: {{name}}. */
export const inBraces = (name: string): string => `{{${name}}}`;

export type VariableLine = { line: number; name: string; value: string };

/** The lines of a text with a name and a value each, as they are typed; a value may hold commas. */
export function readLines(text: string): VariableLine[] {
  return text.split("\n").flatMap((typed, at) => {
    const comma = typed.indexOf(",");
    const [name, value] = comma < 0 ? [typed, ""] : [typed.slice(0, comma), typed.slice(comma + 1)];
    return typed.trim() === "" ? [] : [{ line: at + 1, name: withoutBraces(name), value: value.trim() }];
  });
}

/** Variables as the text that `readLines` reads, by name. */
export const linesOf = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables).toSorted(([one], [other]) => compareText(one, other)).map((entry) => entry.join(", ")).join("\n");

/** The names of the variables in a text, each once, in their order. */
export const namesIn = (text: string): string[] => [...new Set([...text.matchAll(reference)].map(([, name = ""]) => name))];

/** The names of the variables in all texts of a document. */
export function namesInDocument(document: unknown): string[] {
  if (typeof document === "string") return namesIn(document);
  if (typeof document !== "object" || document === null) return [];
  return [...new Set(Object.entries(document).flatMap(([key, value]) => [...namesIn(key), ...namesInDocument(value)]))];
}

/** Values of variables by their names. */
export type Values = ReadonlyMap<string, string>;

/** A text with the values of its variables, and the names of those that have none, which stay as they are. */
export function substitute(text: string, values: Values): { text: string; missing: string[] } {
  const missing = namesIn(text).filter((name) => !values.has(name));
  return { text: text.replaceAll(reference, (whole, name: string) => values.get(name) ?? whole), missing };
}
