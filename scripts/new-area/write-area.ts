import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type AreaNames, fillIn } from "./area-names.ts";

const templateFolder = path.join(import.meta.dirname, "template");
const extension = ".tmpl";

/** Writes the files of an area from the templates and adds it to the list of areas and to the schema; returns the paths. */
export function writeArea(root: string, names: AreaNames): string[] {
  const templates = globSync(`**/*${extension}`, { cwd: templateFolder }).sort();
  const files = templates.map((template) => ({
    file: fillIn(template.slice(0, -extension.length), names),
    text: fillIn(readFileSync(path.join(templateFolder, template), "utf8"), names),
  }));
  const existing = files.find(({ file }) => existsSync(path.join(root, file)));
  if (existing) throw new Error(`${existing.file} exists already`);
  for (const { file, text } of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  edit(root, "lib/areas.ts", (text) => addToList(text, names));
  edit(root, "db/schema/index.ts", (text) => insertSorted(text, `export * from "./${names.folder}";`));
  return [...files.map(({ file }) => file), "lib/areas.ts", "db/schema/index.ts"];
}

function edit(root: string, file: string, change: (text: string) => string) {
  writeFileSync(path.join(root, file), change(readFileSync(path.join(root, file), "utf8")));
}

const addToList = (text: string, { folder, items }: AreaNames) =>
  insertSorted(text, `import { ${items} } from "./${folder}/area.ts";`).replace("\n] as const;", `\n  ${items},\n] as const;`);

/** Inserts an import or export among the others, ordered by module. */
function insertSorted(text: string, line: string): string {
  const lines = text.trimEnd().split("\n");
  const moduleOf = (statement: string) => /from "(.+)"/.exec(statement)?.[1] ?? "";
  const last = lines.findLastIndex((one) => moduleOf(one) !== "");
  const next = lines.findIndex((one) => moduleOf(one) > moduleOf(line));
  return `${lines.toSpliced(next === -1 ? last + 1 : next, 0, line).join("\n")}\n`;
}
