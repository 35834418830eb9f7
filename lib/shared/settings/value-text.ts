import { type SettingsDocument, withValueAt } from "./document";
import type { SettingsField } from "./section";
import type { SectionSet } from "./section-set";

type Names = ReadonlyMap<string, string>;

/** Makes the function that says a value of a document in words, on one line; `names` has names for ids. */
export function valueTexts({ fields, documentPaths }: SectionSet) {
  const owners = new Map(Object.values(fields).flatMap((field) => onlyPathOf(field).map((path) => [path, field] as const)));
  return (path: string, value: unknown, names: Names = new Map()): string => {
    const field = owners.get(path);
    const isValid = documentPaths[path]?.safeParse(value).success;
    return field && isValid ? fieldText(field, path, value, names) : plainText(value, names);
  };
}

// A field of several paths has no text for the value of one of them.
function onlyPathOf({ document }: SettingsField): string[] {
  const paths = Object.keys(document);
  return paths.length === 1 ? paths : [];
}

function fieldText({ control, toForm }: SettingsField, path: string, value: unknown, names: Names): string {
  const document: SettingsDocument = withValueAt({}, path, value);
  switch (control.kind) {
    case "choice":
      return control.options.find((option) => option.value === value)?.label ?? plainText(value, names);
    case "number":
      return `${String(value)} ${control.unit}`.trim();
    case "rows":
      return String(toForm(document)).replaceAll("\n", "; ") || "None";
    case "lines":
    case "text":
      return String(toForm(document)).replaceAll("\n", ", ") || "None";
    case "own":
      return typeof value === "object" && !Array.isArray(value) ? String(toForm(document)) : plainText(value, names);
    case "check":
    case "secret":
    case "sites":
    case "time":
      return plainText(value, names);
  }
}

function plainText(value: unknown, names: Names): string {
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (Array.isArray(value)) return value.map((item) => plainText(item, names)).join(", ") || "None";
  if (typeof value === "object" && value !== null) return Object.entries(value).map(([name, inner]) => `${name} ${plainText(inner, names)}`).join(", ") || "None";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return names.get(text) ?? text;
}
