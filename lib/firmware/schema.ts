import * as z from "zod/mini";
import { boundedText, multiLine, queryParam } from "@/lib/shared/text-schemas";
import { isTimeZone } from "@/lib/shared/time-zone-id";
import { type VersionLine, versionLines } from "@/lib/shared/version-lines";

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

const maxModels = 100;
const maxName = 64;
const name = boundedText(maxName).check(z.regex(/^[\w.+-]+$/, "Use letters, digits, dots and dashes"));

const hasFewModels = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length <= maxModels;

/** The versions by model as they are stored; a record of too many is rejected before its names are looked at. */
export const CustomVersions = z.pipe(
  z.custom<Record<string, string>>((value) => typeof value === "object" && value !== null, { abort: true }).check(z.refine(hasFewModels, { error: `Choose at most ${maxModels} models`, abort: true })),
  z.record(name, name).check(z.refine((versions) => new Set(Object.keys(versions).map((model) => model.toUpperCase())).size === Object.keys(versions).length, "Name each model once")),
);

/** Versions as a text, a model and its version per line, as in "AP41 0.14.29633". */
export const customVersionsText = z.pipe(
  z._default(multiLine(maxModels * (2 * maxName + 2)), ""),
  z.transform((text: string, { issues }) => {
    const lines = versionLines(text);
    const problem = typeof lines === "string" ? lines : lines.length > maxModels ? `Enter at most ${maxModels} models` : undefined;
    if (problem !== undefined) issues.push({ code: "custom", message: problem, input: text });
    return problem === undefined ? (lines as VersionLine[]) : z.NEVER;
  }),
);

const isSchedule = ([day, time, zone, ...rest]: string[]) => UpgradeDay.safeParse(day).success && UpgradeTime.safeParse(time).success && isTimeZone(zone ?? "") && rest.length === 0;

/** A schedule that is not saved yet, as day, time and zone: "sun 02:00 Europe/Berlin"; and the hour cycle of the answer. */
export const GetNextRun = z.object({
  schedule: z.pipe(
    boundedText(64, { missing: "Name a schedule" }).check(z.refine((text) => isSchedule(text.split(" ")), "Name a day, a time and a time zone")),
    z.transform((text) => {
      const [day, time = "", zone = ""] = text.split(" ");
      return { day: day as UpgradeDay, time, zone };
    }),
  ),
  hours: queryParam(z.enum(["12", "24"])),
});
