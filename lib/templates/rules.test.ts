import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { deviceProfileKind } from "@/lib/device-profiles/rules";
import { rfTemplateKind } from "@/lib/rf-templates/rules";
import { withChanges } from "@/lib/shared/settings/document";
import { sectionRules } from "@/lib/shared/settings/section-rules";
import { bands } from "@/lib/templates/bands";
import { withVariables } from "@/lib/templates/fields";
import { deviceTypes, recordedDocument, usageText } from "@/lib/templates/rules";

const sets = [["RF template", rfTemplateKind.sectionsOf(null)] as const, ...deviceTypes.map((type) => [`device profile of type ${type}`, deviceProfileKind.sectionsOf(type)] as const)];

describe("SIT-15: the sections of templates", () => {
  test.each(sets)("the empty form of the %s changes nothing, and unknown keys survive", (_, set) => {
    const { toForm, typedChanges } = sectionRules(set);
    const stored = { name: "Stores", unknown: { kept: 1 } };
    const parsed = z.strictObject(set.formShape).parse(toForm(stored));
    expect(typedChanges(stored, parsed)).toEqual({ values: {}, secrets: {} });
    expect(set.check(parsed)).toEqual({});
  });

  test.each(sets)("what is stored of the %s is shown by its form and saved again unchanged", (_, set) => {
    const { toForm, typedChanges } = sectionRules(set);
    const typedField = fc.constantFrom(...Object.keys(set.fields));
    const value = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom("true", "192.0.2.1", "{{ntp}}", "ntp.example.net", "36, 44"));
    fc.assert(
      fc.property(fc.dictionary(typedField, value), (typed) => {
        const { data } = z.strictObject(set.formShape).safeParse({ ...toForm({ name: "Stores" }), ...typed });
        if (!data) return;
        const document = withChanges({ name: "Stores" }, typedChanges({ name: "Stores" }, data).values);
        expect(set.document.safeParse(document).success).toBe(true);
        const again = z.strictObject(set.formShape).parse(toForm(document));
        expect(typedChanges(document, again).values).toEqual({});
      }),
    );
  });
});

describe("SIT-5: channels and power", () => {
  const set = rfTemplateKind.sectionsOf(null);
  const channels = (band: string, text: string) => set.fields[`band_${band}.channels`]?.form.safeParse(text);

  test.each(["24", "5", "6"] as const)("exactly the channels of the band %s are taken, each once and in order", (band) => {
    const known: readonly number[] = bands[band].channels;
    for (let channel = -1; channel <= 240; channel += 1) expect([channel, channels(band, String(channel))?.success]).toEqual([channel, known.includes(channel)]);
    expect(channels(band, [...known, ...known].toReversed().join(", "))?.data).toEqual(known);
  });

  test.each(["24", "5", "6"] as const)("power and width of the band %s keep to the published bounds", (band) => {
    const accepts = (field: string, value: number) => set.fields[`band_${band}.${field}`]?.form.safeParse(String(value)).success;
    const { power, powerRange, widths } = bands[band];
    for (const [field, [min, max]] of [["power", power], ["power_min", powerRange], ["power_max", powerRange], ["ant_gain", [0, 10]]] as const)
      expect([min - 1, min, max, max + 1].map((value) => accepts(field, value))).toEqual([false, true, true, false]);
    for (const width of [0, 20, 40, 80, 160, 320]) expect(accepts("bandwidth", width)).toBe(width === 0 || widths.some((one) => one === width));
  });
});

describe("SIT-14: text with variables", () => {
  const schema = withVariables(20, z.string().check(z.refine((text) => text === "fixed", "wrong")));

  test.each(["fixed", "{{name}}", "{{ name }}", "a-{{one}}-{{two}}"])("%j is taken", (text) => expect(schema.safeParse(text).success).toBe(true));

  test.each(["other", "{{}}", "{{a b}}", "{{a", "a}}", "{{a-b}}", "{{a}}}}", "", "{{a}}".repeat(5)])("%j is refused", (text) => expect(schema.safeParse(text).success).toBe(false));
});

test.each([
  [{ total: 0, sites: [] }, "No site uses it."],
  [{ total: 1, sites: [{ id: "1", name: "Kiel" }] }, "1 site uses it: Kiel."],
  [{ total: 2, sites: [{ id: "1", name: "Kiel" }, { id: "2", name: "Ulm" }] }, "2 sites use it: Kiel and Ulm."],
  [{ total: 12, sites: [{ id: "1", name: "Kiel" }, { id: "2", name: "Ulm" }] }, "12 sites use it: Kiel, Ulm and 10 more."],
])("SIT-15: the use %o in words", (use, text) => expect(usageText(use)).toBe(text));

test("SIT-15: an audit entry has the settings by their paths, and what no section knows as it is", () => {
  const document = { name: "Stores", band_5: { power: 12, later: { x: 1 } }, other: [1] };
  expect(recordedDocument(rfTemplateKind.sectionsOf(null), document)).toEqual({ name: "Stores", "band_5.power": 12, band_5: { later: { x: 1 } }, other: [1] });
});
