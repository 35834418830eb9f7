import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effectiveValues, variableUse } from "@/lib/site-variables/rules";
import { maxVariables, Variable, Variables, variablesText } from "@/lib/site-variables/schema";

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 12 });

test("SIT-14: what a device profile sets comes before the value of the site", () => {
  expect([...effectiveValues({ a: "1", b: "2" }, { b: "3", c: "4" })]).toEqual([["a", "1"], ["b", "3"], ["c", "4"]]);
});

test("SIT-14: each variable is missing, unused, or used with a value", () => {
  fc.assert(
    fc.property(names, names, names, (used, defined, overridden) => {
      const { missing, unused, shadowed } = variableUse({ used, defined, overridden });
      expect(missing.toSorted()).toEqual(used.filter((name) => !defined.includes(name)).toSorted());
      expect(unused.toSorted()).toEqual(defined.filter((name) => !used.includes(name)).toSorted());
      expect(shadowed.toSorted()).toEqual(defined.filter((name) => overridden.includes(name)).toSorted());
    }),
  );
});

describe("SIT-13: variables of a site as text", () => {
  test("a line has a name, with or without braces, and a value that may hold commas", () => {
    expect(variablesText.parse("{{vlan1}}, 200,222,111\r\n\r\nvlan2,20-30\n")).toEqual({ vlan1: "200,222,111", vlan2: "20-30" });
  });

  test.each([
    ["a-b, 1", "Line 1: Use letters, digits and underscores, like vlan_guest"],
    ["a, 1\nb", "Line 2: Enter a value"],
    ["a, 1\n\na, 2", "Line 3: a is in line 1, too"],
    ["__proto__, 1", "Line 1: This name is reserved"],
    ["a, {{b}}", "Line 1: A value can’t hold another variable"],
    ["a, ".padEnd(1_004, "x"), "Line 1: Use at most 1000 characters"],
    [`${"n".repeat(65)}, 1`, "Line 1: Use at most 64 characters"],
    ["a, 1\u00002", "Line 1: Use one line of plain text"],
  ])("%j is refused with the line", (text, message) => expect(variablesText.safeParse(text).error?.issues[0]?.message).toBe(message));

  test("more than 500, or a very long text, is refused as a whole", () => {
    const messageOf = (text: string) => variablesText.safeParse(text).error?.issues[0]?.message;
    expect(messageOf(Array.from({ length: maxVariables + 1 }, (_, at) => `v${at}, 1`).join("\n"))).toBe("A site can have at most 500 variables");
    expect(messageOf("x".repeat(200_001))).toBe("Use at most 200,000 characters for all variables together");
  });

  test("500 variables fit, and are stored and shown unchanged", () => {
    const variables = Object.fromEntries(Array.from({ length: maxVariables }, (_, at) => [`v${at}`, String(at)]));
    expect(Variables.parse(variables)).toEqual(variables);
    expect(Variables.safeParse({ ...variables, more: "1" }).success).toBe(false);
    expect(Variable.parse({ name: " {{ vlan01 }} ", value: " 10 " })).toEqual({ name: "vlan01", value: "10" });
  });
});
