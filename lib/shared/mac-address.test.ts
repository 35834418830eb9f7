import fc from "fast-check";
import { expect, test } from "vitest";
import { type MacFormat, macFormats, formatMac } from "./mac-address";

const formats = Object.keys(macFormats) as MacFormat[];
const digits = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 12, maxLength: 12 });
const format = fc.constantFrom(...formats);
const casing = fc.constantFrom((text: string) => text, (text: string) => text.toUpperCase());
const separator = fc.constantFrom("", ":", "-", ".", " ");
const size = fc.constantFrom(1, 2, 3, 4, 6, 12);

const notation = fc
  .tuple(digits, separator, size, casing)
  .map(([hex, between, width, cased]) => ({ hex, text: cased((hex.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join(between)) }));

test("ACC-24: every notation of the same 12 hexadecimal digits is formatted alike", () => {
  fc.assert(fc.property(notation, format, ({ hex, text }, as) => formatMac(text, as) === formatMac(hex, as)));
});

test("ACC-24: formatting is idempotent, and every format converts to every other", () => {
  fc.assert(
    fc.property(digits, format, format, (hex, one, other) => {
      const formatted = formatMac(hex, one);
      expect(formatted.replaceAll(/[0-9a-f]/g, "x")).toBe(macFormats[one]);
      expect(formatMac(formatted, one)).toBe(formatted);
      expect(formatMac(formatted, other)).toBe(formatMac(hex, other));
    }),
  );
});

test("ACC-24: text that is not a MAC address stays unchanged", () => {
  fc.assert(
    fc.property(fc.string(), format, (text, as) => {
      fc.pre(!/^([:. -]*[0-9a-f]){12}[:. -]*$/i.test(text));
      expect(formatMac(text, as)).toBe(text);
    }),
  );
  for (const name of ["Access point 12", "beef-cafe-1234-5", "Cafe 1234567 beef"]) expect(formatMac(name, "colon")).toBe(name);
});
