import * as z from "zod/mini";
import { checkField, type Labels, numberField, single } from "@/lib/shared/settings/fields";
import type { SettingsField } from "@/lib/shared/settings/section";
import { boundedText } from "@/lib/shared/text-schemas";
import { asciiForm, splitList } from "@/lib/shared/typed-text";
import { optionField } from "@/lib/templates/fields";

type FieldOf = (path: string) => SettingsField;
type Range = readonly [min: number, max: number];

/** What the radios of a band can do: power in dBm, widths in MHz, channels by number. */
type Band = { name: string; power: Range; powerRange: Range; powerMax: number; width: number; widths: readonly [number, ...number[]]; channels: readonly number[]; example: string };

const steps = (from: number, to: number, step: number) => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);

/** The bands by their names in the published API. */
export const bands = {
  "24": { name: "2.4 GHz", power: [3, 25], powerRange: [3, 18], powerMax: 17, width: 20, widths: [20, 40], channels: steps(1, 14, 1), example: "1, 6, 11" },
  "5": { name: "5 GHz", power: [5, 25], powerRange: [5, 17], powerMax: 17, width: 40, widths: [20, 40, 80], channels: [...steps(36, 64, 4), ...steps(100, 144, 4), ...steps(149, 177, 4)], example: "36, 52, 100" },
  "6": { name: "6 GHz", power: [5, 25], powerRange: [5, 18], powerMax: 18, width: 80, widths: [20, 40, 80, 160], channels: steps(1, 233, 4), example: "5, 21, 37" },
} as const satisfies Record<string, Band>;

const lowestAutomatic = 8;
const [mostChannels, maxTyped] = [64, 800];

function channelsField({ channels, example }: Band, labels: Labels) {
  const message = `Enter channels of this band, like ${example}`;
  const channel = z.int(message).check(z.refine((typed) => channels.includes(typed), message));
  const value = z.array(channel, message).check(z.maxLength(mostChannels, message));
  const typed = z.pipe(z._default(boundedText(maxTyped, { tooLong: message }), ""), z.transform((text: string) => [...new Set(splitList(asciiForm(text)).map(Number))].sort((one, other) => one - other)));
  return single<number[]>({
    ...labels,
    control: { kind: "text", maxLength: maxTyped, placeholder: example },
    value,
    form: z.pipe(typed, value),
    fallback: [],
    format: (list = []) => list.join(", "),
  });
}

const antennaModes = ["1x1", "2x2", "3x3", "4x4"].map((value) => ({ value, label: value.replace("x", " × ") }));

/** The settings of the radio of one band, at a path such as `band_5` in the document. */
export function bandFields(path: string, key: keyof typeof bands): Readonly<Record<string, FieldOf>> {
  const band: Band = bands[key];
  const [unit, range] = ["dBm", band.powerRange];
  const [first, ...others] = band.widths.map((value) => ({ value, label: `${value} MHz` }));
  return {
    [`${path}.disabled`]: checkField({ label: `${band.name} radio`, inverted: true }),
    [`${path}.allow_rrm_disable`]: checkField({ label: "Radio management may switch the radio off" }),
    [`${path}.channels`]: channelsField(band, { label: "Channels", hint: "Separated by commas. Empty means all that the country allows." }),
    [`${path}.bandwidth`]: optionField<number>({ label: "Channel width", options: [{ value: 0, label: "Automatic" }, ...(first ? [first] : []), ...others], fallback: band.width }),
    [`${path}.power`]: numberField({ label: "Fixed", placeholder: "Automatic", line: "Power", min: band.power[0], max: band.power[1], unit }),
    [`${path}.power_min`]: numberField({ label: "Least", line: "Power", min: range[0], max: range[1], unit, fallback: lowestAutomatic }),
    [`${path}.power_max`]: numberField({ label: "Most", line: "Power", min: range[0], max: range[1], unit, fallback: band.powerMax }),
    [`${path}.ant_gain`]: numberField({ label: "Gain of external antennas", min: 0, max: 10, unit: "dBi", fallback: 0 }),
    [`${path}.antenna_mode`]: optionField<string>({ label: "Antennas", options: [{ value: "default", label: "All" }, ...antennaModes], fallback: "default" }),
    [`${path}.preamble`]: optionField<string>({ label: "Preamble", options: [{ value: "short", label: "Short" }, { value: "long", label: "Long" }, { value: "auto", label: "Automatic" }], fallback: "short" }),
    ...(key === "6" && { [`${path}.standard_power`]: checkField({ label: "Standard power", hint: "Where frequency coordination fails, low power is used." }) }),
  };
}

/** Errors beside the ranges of automatic power whose least exceeds their most, by the parsed values of a form. */
export function powerRangeErrors(paths: readonly string[]) {
  return (values: Readonly<Record<string, unknown>>): Record<string, string> => {
    const wrong = paths.filter((path) => {
      const [least = lowestAutomatic, most] = [values[`${path}.power_min`], values[`${path}.power_max`]];
      return typeof least === "number" && typeof most === "number" && least > most;
    });
    return Object.fromEntries(wrong.map((path) => [`${path}.power_max`, "Enter at least the least power"]));
  };
}
