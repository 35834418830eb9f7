import { compareText } from "./text-order";

/** A firmware version by device model. */
export type CustomVersions = Readonly<Record<string, string>>;

/** What a person typed for one model, and in which line, counted from 1. */
export type VersionLine = { line: number; model: string; version: string };

const linePattern = /^([\w.+-]{1,64})[\s:=,;]+([\w.+-]{1,64})$/;

/** The model and version of each line of a text, or what is wrong with the first faulty line. */
export function versionLines(text: string): VersionLine[] | string {
  const lines: VersionLine[] = [];
  for (const [index, typed] of text.split("\n").entries()) {
    if (typed.trim() === "") continue;
    const [, model, version] = linePattern.exec(typed.trim()) ?? [];
    if (model === undefined || version === undefined) return `Line ${index + 1}: enter a model and a version, like AP41 0.14.29633`;
    const twice = lines.find((before) => before.model.toUpperCase() === model.toUpperCase());
    if (twice) return `Line ${index + 1}: ${model} is in line ${twice.line}, too`;
    lines.push({ line: index + 1, model, version });
  }
  return lines;
}

/** The versions by model of typed lines. */
export const customVersionsOf = (lines: readonly VersionLine[]): CustomVersions => Object.fromEntries(lines.map(({ model, version }) => [model, version]));

/** The text of versions by model, a model and its version per line, in the order of the models. */
export const customVersionsToText = (versions: CustomVersions): string =>
  Object.entries(versions).toSorted(([one], [other]) => compareText(one, other)).map((entry) => entry.join(" ")).join("\n");

/** The versions by model of the lines of a text that can be read. */
export function readableVersions(text: string): CustomVersions {
  const lines = text.split("\n").map((line) => versionLines(line));
  return customVersionsOf(lines.flatMap((read) => (typeof read === "string" ? [] : read)));
}
