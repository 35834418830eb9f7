import * as z from "zod/mini";
import settings from "@/lib/testing/published-settings.json";

/** What the published API says about a setting. */
export type Published = {
  type?: string;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  items?: Published;
  properties?: Readonly<Record<string, Published>>;
};

export const publishedSettings: Readonly<Record<string, Published>> = settings;

/** Where the settings of a site differ from the published API on purpose: the path and what differs, with the reason. */
export const exceptions: Readonly<Record<string, string>> = {
  "ble_config.power minimum": "The published default, 9, is beyond the published bounds, 2 to 7; the documented table has 1 to 10.",
  "ble_config.power maximum": "The published default, 9, is beyond the published bounds, 2 to 7; the documented table has 1 to 10.",
  "ble_config.ibeacon_major default": "The published default, 0, is below the published minimum: it means that nothing is set.",
  "ble_config.ibeacon_minor default": "The published default, 0, is below the published minimum: it means that nothing is set.",
  "ble_config.ibeacon_uuid default": "The published default, an empty text, means that nothing is set.",
  "ble_config.eddystone_uid_namespace default": "The published default, an empty text, means that nothing is set.",
  "ble_config.eddystone_uid_instance default": "The published default, an empty text, means that nothing is set.",
  "ble_config.eddystone_url_url default": "The published default, an empty text, means that nothing is set.",
  "engagement.max_dwell maximum": "The documentation of the portal has 86,400 seconds (24 hours); the published 68,400 calls itself 18 hours, which are 64,800.",
  ...Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].flatMap((day) => [
      [`engagement.hours.${day} default`, "The published default, an empty text, means all day, which the form writes out."],
      [`engagement.closed_days.${day} name`, "Our own: the published hours cannot say that a day is closed."],
    ]),
  ),
  "proxy.disabled name": "The documented table has it, the published schema does not.",
  "tunterm_monitoring[] type": "The documented table has lists of resources within a list; the published schema has one list.",
  "rssizones name": "Published as rows of their own below the site, in this shape; the portal keeps them with the settings.",
};

const isException = (path: string, what: string): boolean => Object.hasOwn(exceptions, `${path} ${what}`);

const typeSchemas: Readonly<Record<string, z.ZodMiniType>> = {
  boolean: z.boolean(),
  integer: z.int(),
  number: z.number(),
  string: z.string(),
  array: z.array(z.unknown()),
  object: z.record(z.string(), z.unknown()),
};

/** What the published API objects to in a stored value. */
export function publishedProblems(path: string, value: unknown): string[] {
  const found = publishedSettings[path];
  return found ? valueProblems(path, found, value) : [];
}

function valueProblems(path: string, { type = "", enum: choices, minimum, maximum, items, properties }: Published, value: unknown): string[] {
  const problem = (what: string, isWrong: boolean) => (isWrong && !isException(path, what) ? [`${path} ${what}: ${JSON.stringify(value)}`] : []);
  const inner = Array.isArray(value) && items ? value.flatMap((one) => valueProblems(`${path}[]`, items, one)) : [];
  const named = properties && typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const isNumber = typeof value === "number";
  return [
    ...problem("type", typeSchemas[type]?.safeParse(value).success === false),
    ...problem("enum", choices !== undefined && !choices.includes(value)),
    ...problem("minimum", isNumber && minimum !== undefined && value < minimum),
    ...problem("maximum", isNumber && maximum !== undefined && value > maximum),
    ...inner,
    ...named.flatMap(([name, part]) => {
      const known = properties?.[name];
      return known ? valueProblems(`${path}.${name}`, known, part) : problem(`${name} name`, true);
    }),
  ];
}

/** Where a schema and a default differ from the published setting at a path, as in `exceptions`. */
export function differencesFrom(path: string, schema: z.ZodMiniType, fallback: unknown): string[] {
  const found = publishedSettings[path];
  if (!found) return [`${path} name`];
  const takes = (value: unknown) => schema.safeParse(value).success;
  const { type = "", enum: choices = [], minimum, maximum, items } = found;
  const bounded = { minimum, maximum, takes };
  const inList = { minimum: items?.minimum, maximum: items?.maximum, takes: (value: unknown) => takes([value]) };
  return [
    ...(z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }).type === type ? [] : [`${path} type`]),
    ...(choices.every(takes) && (choices.length === 0 || !takes("nonsense")) ? [] : [`${path} enum`]),
    ...boundDifferences(bounded).map((bound) => `${path} ${bound}`),
    ...boundDifferences(inList).map((bound) => `${path}[] ${bound}`),
    ...(found.default === undefined || JSON.stringify(found.default) === JSON.stringify(fallback) ? [] : [`${path} default`]),
  ];
}

type Bounded = { minimum?: number; maximum?: number; takes: (value: unknown) => boolean };

function boundDifferences({ minimum, maximum, takes }: Bounded): string[] {
  const isLowest = minimum === undefined || (takes(minimum) && !takes(minimum - 1));
  const isHighest = maximum === undefined || (takes(maximum) && !takes(maximum + 1));
  return [...(isLowest ? [] : ["minimum"]), ...(isHighest ? [] : ["maximum"])];
}
