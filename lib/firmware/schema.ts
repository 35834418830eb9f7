import * as z from "zod/mini";
import { compareText } from "@/lib/shared/text-order";
import { boundedText, multiLine } from "@/lib/shared/text-schemas";

/** The days on which upgrades may run, from any day on. */
export const dayNames = { any: "Any day", sun: "Sunday", mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday" } as const;

export type UpgradeDay = keyof typeof dayNames;

/** The time of day that leaves the hour open. */
export const anyTime = "any";

const timeMessage = "Enter a time, like 02:00";

/** A time of day, HH:MM, or any. */
export const UpgradeTime = boundedText(5, { tooLong: timeMessage }).check(z.regex(/^(any|([01]\d|2[0-3]):[0-5]\d)$/, timeMessage));

export const UpgradeDay = z.enum(["any", "fri", "mon", "sat", "sun", "thu", "tue", "wed"], "Choose a day");

/** On which day of the week, or any, and at which time of day upgrades run. */
export type UpgradeSchedule = { day: UpgradeDay; time: string };

/** A firmware version by access point model. */
export type CustomVersions = Readonly<Record<string, string>>;

/** What a person typed for one model, and in which line, counted from 1. */
export type VersionLine = { line: number; model: string; version: string };

const maxModels = 100;
const maxName = 64;
const name = boundedText(maxName).check(z.regex(/^[\w.+-]+$/, "Use letters, digits, dots and dashes"));

const hasFewModels = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length <= maxModels;

/** The versions by model as they are stored; a record of too many is rejected before its names are looked at. */
export const CustomVersions = z.pipe(
  z.custom<CustomVersions>((value) => typeof value === "object" && value !== null, { abort: true }).check(z.refine(hasFewModels, { error: `Choose at most ${maxModels} models`, abort: true })),
  z.record(name, name),
);

const linePattern = /^([\w.+-]{1,64})[\s:=,;]+([\w.+-]{1,64})$/;

/** The model and version of each line, or what is wrong with the first faulty one. */
function readLines(text: string): VersionLine[] | string {
  const lines: VersionLine[] = [];
  for (const [index, typed] of text.split("\n").entries()) {
    if (typed.trim() === "") continue;
    const [, model, version] = linePattern.exec(typed.trim()) ?? [];
    if (model === undefined || version === undefined) return `Line ${index + 1}: enter a model and a version, like AP41 0.14.29633`;
    const twice = lines.find((before) => before.model.toUpperCase() === model.toUpperCase());
    if (twice) return `Line ${index + 1}: ${model} is in line ${twice.line}, too`;
    lines.push({ line: index + 1, model, version });
  }
  return lines.length > maxModels ? `Enter at most ${maxModels} models` : lines;
}

/** Versions as a text, a model and its version per line, as in "AP41 0.14.29633". */
export const customVersionsText = z.pipe(
  z._default(multiLine(maxModels * (2 * maxName + 2)), ""),
  z.transform((text: string, { issues }) => {
    const lines = readLines(text);
    if (typeof lines !== "string") return lines;
    issues.push({ code: "custom", message: lines, input: text });
    return z.NEVER;
  }),
);

/** The stored versions of typed lines. */
export const customVersionsOf = (lines: readonly VersionLine[]): CustomVersions => Object.fromEntries(lines.map(({ model, version }) => [model, version]));

/** The text of stored versions, a model and its version per line, in the order of the models. */
export const customVersionsToText = (versions: CustomVersions): string =>
  Object.entries(versions).toSorted(([one], [other]) => compareText(one, other)).map((entry) => entry.join(" ")).join("\n");
