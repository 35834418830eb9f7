import { globSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { PageParams } from "@/lib/kernel/keyset-pagination";
import { requiredPassword } from "@/lib/shared/form-schemas";
import { boundedArray, boundedText, multiLine, optionalSingleLine, searchTerm, singleLine } from "@/lib/shared/text-schemas";

type JsonSchema = { type?: string; properties?: Record<string, JsonSchema>; items?: JsonSchema; anyOf?: JsonSchema[]; maxLength?: number; maxItems?: number; enum?: unknown[]; const?: unknown };

const files = globSync(["lib/**/schema.ts", "lib/shared/*-schemas.ts", "lib/shared/email-address.ts"], { cwd: path.resolve(".") });

async function exportedSchemas(file: string): Promise<[string, z.ZodMiniType][]> {
  const exported: Record<string, unknown> = await import(path.resolve(file));
  return Object.entries(exported).flatMap(([name, value]): [string, z.ZodMiniType][] => (value instanceof z.ZodMiniType ? [[`${file} ${name}`, value]] : []));
}

const schemas: [string, z.ZodMiniType][] = [
  ...(await Promise.all(files.map(exportedSchemas))).flat(),
  ["PageParams", PageParams],
  ["singleLine", singleLine(64)],
  ["optionalSingleLine", optionalSingleLine(200)],
  ["multiLine", multiLine(4_000)],
  ["searchTerm", searchTerm(200)],
  ["requiredPassword", requiredPassword("missing")],
  ["boundedText", boundedText(100)],
  ["boundedArray", boundedArray(singleLine(64), 30)],
];

const megabyte = 1_048_576;
const units = ["\u0301", "\u0327\u0301", "ﷺ", "a.", "@", " ", "\u200d\u{1F469}", "\0", "1", ",", "a\u0301", "%", "\\", "/", "+1 ", "ẞ", "\ud800", "a@a."];
const filled = (unit: string) => unit.repeat(Math.ceil(megabyte / unit.length));
const longTexts = [...units.map(filled), ...["\u0301", "ﷺ", "a."].flatMap((unit) => [`a${filled(unit)}`, `a@${filled(unit)}`])];

const deepArray = Array.from({ length: 2_000 }).reduce<unknown>((inner) => [inner], "a");
const longArrays = ["\u0301".repeat(20), "a", "", {}].map((item) => Array.from({ length: 100_000 }, () => item));
const manyKeys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, "a"]));
const hostile: unknown[] = [...longTexts, ...longTexts.slice(0, 6).map((text) => [text]), [longTexts.slice(0, 3)], ...longArrays, deepArray, manyKeys];

const jsonSchema = (schema: z.ZodMiniType, io: "input" | "output") => z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema;

/** The inputs that put a value in the place of each part of an input. */
function placements({ properties, items }: JsonSchema, value: unknown): unknown[] {
  const inProperties = Object.entries(properties ?? {}).flatMap(([name, property]) => placements(property, value).map((placed) => ({ [name]: placed })));
  return [value, ...inProperties, ...(items ? placements(items, value).map((placed) => [placed]) : [])];
}

function unboundedParts(schema: JsonSchema, at = ""): string[] {
  const { type, properties, items, anyOf, maxLength, enum: choices, const: only } = schema;
  const isUnbounded = type === "string" && maxLength === undefined && choices === undefined && only === undefined;
  return [
    ...(isUnbounded ? [at] : []),
    ...Object.entries(properties ?? {}).flatMap(([name, property]) => unboundedParts(property, `${at}.${name}`)),
    ...(anyOf ?? []).flatMap((option) => unboundedParts(option, at)),
    ...(items ? unboundedParts(items, `${at}[]`) : []),
  ];
}

// zod looks for surrogates with this pattern, in one pass, when it counts the characters of a text.
const countingPattern = String.raw`[\uD800-\uDBFF]`;

const longestNormalized = 16_000;
const longestMatched = 20_000;

function work(schema: z.ZodMiniType, inputs: readonly unknown[]) {
  const normalize = vi.spyOn(String.prototype, "normalize");
  const exec = vi.spyOn(RegExp.prototype, "exec");
  const issues = inputs.map((input) => schema.safeParse(input).error?.issues.length ?? 0);
  const normalized = normalize.mock.contexts.map((text) => String(text).length);
  const matched = exec.mock.calls.flatMap(([text], call) => ((exec.mock.contexts[call] as RegExp).source === countingPattern ? [] : [text.length]));
  vi.restoreAllMocks();
  return { issues: Math.max(...issues), normalized: Math.max(0, ...normalized), matched: matched.reduce((most, length) => Math.max(most, length), 0), matches: matched.length };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("INP-5: no schema works on more than its limit", () => {
  test("INP-5: the schemas of all areas are found", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(schemas.length).toBeGreaterThan(60);
  });

  test.each(schemas)("INP-5: %s limits each of its texts", (_, schema) => {
    expect([...unboundedParts(jsonSchema(schema, "input")), ...unboundedParts(jsonSchema(schema, "output"))]).toEqual([]);
  });

  test.each(schemas)("INP-5: %s judges the length before it looks at the text", (_, schema) => {
    const shape = jsonSchema(schema, "input");
    for (const value of hostile) {
      const done = work(schema, placements(shape, value));
      expect(done.normalized).toBeLessThanOrEqual(longestNormalized);
      expect(done.matched).toBeLessThanOrEqual(longestMatched);
      expect(done.matches).toBeLessThanOrEqual(50_000);
      expect(done.issues).toBeLessThanOrEqual(2_100);
    }
  });

  test("INP-5: any mixture of hostile text is answered within the limits by every schema", () => {
    const text = fc.string({ unit: fc.constantFrom(...units), maxLength: 3_000, size: "max" });
    const value = fc.oneof(text, fc.array(text, { maxLength: 5 }));
    fc.assert(
      fc.property(fc.constantFrom(...schemas), value, ([, schema], typed) => {
        const done = work(schema, placements(jsonSchema(schema, "input"), typed));
        expect(done.normalized).toBeLessThanOrEqual(longestNormalized);
        expect(done.matched).toBeLessThanOrEqual(longestMatched);
      }),
      { numRuns: 300 },
    );
  });
});
