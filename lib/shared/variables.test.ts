import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inBraces, linesOf, namesIn, namesInDocument, readLines, substitute, withoutBraces } from "@/lib/shared/variables";
import { vlanIdProblem, vlanIdsOf, vlanListProblem } from "@/lib/shared/vlan-ids";

const name = fc.stringMatching(/^\w{1,20}$/).filter((text) => text !== "__proto__");
const value = fc.string({ maxLength: 40 }).filter((text) => !/[{}\n\r]/.test(text) && text.trim() === text && text !== "");

describe("SIT-13, SIT-14: variables in texts", () => {
  test("a name is typed with or without braces, and found with or without spaces in them", () => {
    expect(["{{vlan0}}", "{{ vlan0 }}", " vlan0 "].map(withoutBraces)).toEqual(["vlan0", "vlan0", "vlan0"]);
    expect(namesIn("a {{x}} {{ y_1 }} {{x}} {{}} {{a-b}} {x} {{{z}}}")).toEqual(["x", "y_1", "z"]);
    expect(namesInDocument({ auth: { psk: "{{key}}" }, hosts: ["{{a}}", "{{key}}"], "{{vlan}}": 1, none: null })).toEqual(["key", "a", "vlan"]);
  });

  test("without variables a text stays as it is; with values for all of them none is left, and values are taken literally", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, name)), fc.dictionary(name, value), (parts, other) => {
        const text = parts.map(([before, used]) => `${before}${inBraces(used)}`).join("");
        const values = new Map([...Object.entries(other), ...parts.map(([before, used]): [string, string] => [used, before])]);
        const done = substitute(text, values);
        expect(done.missing).toEqual([]);
        expect(done.text).toBe(parts.map(([before, used]) => `${before}${values.get(used) ?? ""}`).join(""));
        expect(substitute(done.text, new Map()).text).toBe(done.text);
      }),
    );
  });

  test("what has no value is named once and stays", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (used, defined) => {
        const text = used.map(inBraces).join("-");
        const { missing, text: left } = substitute(text, new Map(defined.map((one) => [one, "1"])));
        expect(missing).toEqual(used.filter((one) => !defined.includes(one)));
        expect(namesIn(left)).toEqual(missing);
      }),
    );
    expect(substitute("{{constructor}} {{toString}}", new Map())).toEqual({ text: "{{constructor}} {{toString}}", missing: ["constructor", "toString"] });
  });

  test("variables survive their text form", () => {
    fc.assert(
      fc.property(fc.dictionary(name, value.filter((text) => text.trim() === text)), (variables) => {
        expect(Object.fromEntries(readLines(linesOf(variables)).map((line) => [line.name, line.value]))).toEqual({ ...variables });
      }),
    );
  });
});

describe("SIT-14: VLAN IDs after substitution", () => {
  test.each(["1", "4094", " 200 "])("%s is a VLAN ID", (text) => expect(vlanIdProblem(text)).toBeUndefined());
  test.each(["0", "4095", "01", "-1", "1.5", "1e3", "", "١", "20-30", "200,222", "{{vlan0}}"])("%s is none", (text) => expect(vlanIdProblem(text)).toMatch(/1 to 4094/));
  test.each(["200,222", "20-30", "1, 5-7 ,4094", "9-9"])("%s is a list", (text) => expect(vlanListProblem(text)).toBeUndefined());
  test.each(["", ",", "1,", "30-20", "1-2-3", "-5", "5-", "0-3", "4000-4095", "a"])("%s is no list", (text) => expect(vlanListProblem(text)).toMatch(/200,222/));

  test("a list of any IDs and ranges holds exactly these", () => {
    const id = fc.integer({ min: 1, max: 4094 });
    const item = fc.oneof(id.map((one) => ({ text: String(one), ids: [one] })), fc.tuple(id, fc.integer({ min: 0, max: 20 })).map(([first, more]) => {
      const last = Math.min(first + more, 4094);
      return { text: `${first}-${last}`, ids: Array.from({ length: last - first + 1 }, (_, at) => first + at) };
    }));
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 10 }), (items) => {
        const text = items.map((one) => one.text).join(",");
        expect(vlanListProblem(text)).toBeUndefined();
        expect(vlanIdsOf(text)).toEqual([...new Set(items.flatMap(({ ids }) => ids))].toSorted((one, other) => one - other));
      }),
    );
  });
});
