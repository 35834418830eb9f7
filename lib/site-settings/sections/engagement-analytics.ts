import * as z from "zod/mini";
import { valueAt } from "@/lib/shared/settings/document";
import { checkField, numberField, optionalForm, textField, timeOfDay } from "@/lib/shared/settings/fields";
import { defineSection, type SettingsField, type SubmittedForm } from "@/lib/shared/settings/section";
import { boundedText, optionalSingleLine } from "@/lib/shared/text-schemas";

const longestDwell = 86_400;

type Pair = readonly [from: string, to: string];
type Ends = readonly ["min", "max"] | readonly ["start", "end"];

const typedText = (value: unknown, fallback = ""): string => (typeof value === "string" || typeof value === "number" ? String(value) : fallback);

/** Two fields that are stored as one text, such as 1-300; each keeps the other's part. */
function pairFields(path: string, ends: Ends, fallback: Pair, field: (end: number) => Pick<SettingsField, "label" | "control" | "form">, line: string, document: z.ZodMiniType) {
  const names = ends.map((end) => `${path}.${end}`);
  const stored = (at: SubmittedForm["document"]) => (valueAt(at, path) as string | undefined)?.split("-") ?? fallback;
  const partOf = (end: number, { values, document: before }: SubmittedForm) => {
    const name = names[end] ?? "";
    return Object.hasOwn(values, name) ? typedText(values[name], fallback[end]) : stored(before)[end];
  };
  return Object.fromEntries(
    names.map((name, end): [string, SettingsField] => [
      name,
      {
        ...field(end),
        line,
        document: { [path]: document },
        defaults: { [path]: fallback.join("-") },
        toForm: (before) => stored(before)[end] ?? "",
        toDocument(_, form) {
          const text = [partOf(0, form), partOf(1, form)].join("-");
          return { [path]: text === fallback.join("-") ? undefined : text };
        },
      },
    ]),
  );
}

const categories = [
  { key: "passerby", name: "Passerby", dwell: ["1", "300"] },
  { key: "bounce", name: "Visitor", dwell: ["301", "14400"] },
  { key: "engaged", name: "Associates", dwell: ["14401", "28800"] },
  { key: "stationed", name: "Assets", dwell: ["28801", "42000"] },
] as const;

const days = { mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday" };

const dwellAt = (key: string) => `engagement.dwell_tags.${key}`;
const hoursAt = (day: string) => `engagement.hours.${day}`;
const closedAt = (day: string) => `engagement.closed_days.${day}`;

const isDwellRange = (text: string) => {
  const [min = 0, max = 0] = text.split("-").map(Number);
  return min <= max && max <= longestDwell;
};
const dwellRange = boundedText(11).check(z.regex(/^\d{1,5}-\d{1,5}$/, "Enter seconds, like 1-300"), z.refine(isDwellRange, "Enter seconds, like 1-300"));

const isDayRange = (text: string) => {
  const [start = "", end = ""] = text.split("-");
  return end === "00:00" || start < end;
};
const dayRange = boundedText(11).check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/, "Enter hours, like 09:00-17:00"), z.refine(isDayRange, "Enter hours, like 09:00-17:00"));

function dwellField(end: number) {
  const { control, form } = numberField({ label: "", min: 0, max: longestDwell, unit: "s" })("");
  return { label: end === 0 ? "Min dwell" : "Max dwell", control, form };
}

const hourField = (end: number) => ({ label: end === 0 ? "Start" : "End", control: { kind: "time" } as const, form: optionalForm(timeOfDay) });

const categoryFields = categories.flatMap(({ key, name, dwell }) => [
  ...Object.entries(pairFields(dwellAt(key), ["min", "max"], dwell, dwellField, name, dwellRange)),
  [`engagement.dwell_tag_names.${key}`, textField({ label: "Name", line: name, schema: optionalSingleLine(40), maxLength: 40, fallback: name })] as const,
]);

const dayFields = Object.entries(days).flatMap(([day, name]) => [
  ...Object.entries(pairFields(hoursAt(day), ["start", "end"], ["00:00", "00:00"], hourField, name, dayRange)),
  [closedAt(day), checkField({ label: "Closed", line: name })] as const,
]);

const minDwell = "engagement.min_dwell";
const maxDwell = "engagement.max_dwell";

export const engagementAnalytics = defineSection({
  id: "engagement-analytics",
  title: "Engagement Analytics",
  description: "How long visitors stay, by category, and when it is measured: from 12:00 AM to 12:00 AM is all day. The hours also count for occupancy and zone events.",
  fields: {
    "analytic.enabled": checkField({ label: "Enable engagement analytics" }),
    ...Object.fromEntries(categoryFields),
    [minDwell]: numberField({ label: "Ignore stays shorter than", min: 0, max: longestDwell, unit: "seconds", placeholder: "None" }),
    [maxDwell]: numberField({ label: "Ignore stays longer than", hint: "Up to 86,400 seconds (24 hours).", min: 1, max: longestDwell, unit: "seconds", fallback: 43_200 }),
    ...Object.fromEntries(dayFields),
  },
  check: (values) => ({ ...dwellProblems(values), ...hourProblems(values) }),
});

type Values = Readonly<Record<string, unknown>>;

function dwellProblems(values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  const dwell = categories.map(({ key, name, dwell: [min, max] }) => ({
    name,
    field: dwellAt(key),
    min: Number(values[`${dwellAt(key)}.min`] ?? min),
    max: Number(values[`${dwellAt(key)}.max`] ?? max),
  }));
  for (const { field, min, max } of dwell) if (min > max) errors[`${field}.max`] = "Enter at least the Min dwell";
  const sorted = dwell.filter(({ min, max }) => min <= max).toSorted((one, other) => one.min - other.min);
  let last = sorted[0];
  for (const category of sorted.slice(1)) {
    if (last && category.min <= last.max) errors[`${category.field}.min`] = `Overlaps ${last.name} (${last.min}–${last.max})`;
    if (!last || category.max > last.max) last = category;
  }
  if (typeof values[minDwell] === "number" && values[minDwell] > Number(values[maxDwell] ?? 43_200)) errors[minDwell] = "Enter less than the longest stay";
  return errors;
}

function hourProblems(values: Values): Record<string, string> {
  const faulty = Object.keys(days).filter((day) => {
    const [start, end] = ["start", "end"].map((part) => typedText(values[`${hoursAt(day)}.${part}`], "00:00"));
    return !isDayRange(`${start}-${end}`);
  });
  return Object.fromEntries(faulty.map((day) => [`${hoursAt(day)}.end`, "Enter a time after the Start"]));
}
