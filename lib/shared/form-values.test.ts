import { describe, expect, it } from "vitest";
import { safeFormValues, parseFormData } from "./form-values";

function formOf(...entries: [string, string | Blob][]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

describe("form values", () => {
  it("reads texts, and lists without the brackets of their names", () => {
    const form = formOf(["name", "Berlin"], ["sites[]", ""], ["sites[]", "a"], ["sites[]", "b"], ["groups[]", ""]);
    expect(parseFormData(form)).toEqual({ name: "Berlin", sites: ["a", "b"], groups: [] });
  });

  it("leaves out files and the fields of the framework", () => {
    expect(parseFormData(formOf(["$ACTION_ID_1", ""], ["file", new Blob(["x"])], ["a", "b"]))).toEqual({ a: "b" });
  });

  it("cannot pollute the prototype", () => {
    const values = parseFormData(formOf(["__proto__", "x"], ["constructor", "y"]));
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
    expect(Object.hasOwn(values, "constructor")).toBe(true);
  });

  it("INP-5: rejects more fields, and longer names, than any form has", () => {
    const list = (length: number) => formOf(...Array.from({ length }, (): [string, string] => ["sites[]", "a"]));
    expect(parseFormData(list(5_000))).toMatchObject({ sites: { length: 5_000 } });
    for (const form of [list(5_001), formOf(["a".repeat(101), "x"])]) {
      expect(() => parseFormData(form)).toThrow(expect.objectContaining({ code: "invalid" }));
    }
  });

  it("INP-4: rejects anything but FormData", () => {
    for (const sent of [undefined, null, "a=b", 7, [["a", "b"]], { a: "b" }]) {
      expect(() => parseFormData(sent)).toThrow(expect.objectContaining({ code: "invalid" }));
    }
  });

  it("removes secrets from the values that are shown again", () => {
    const shown = safeFormValues({ email: "a@b.test", password: "x", newPassword: "x", token: "x", code: "123456", countryCode: "DE" });
    expect(shown).toEqual({ email: "a@b.test", countryCode: "DE" });
  });
});
