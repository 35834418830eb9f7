import { describe, expect, test } from "vitest";
import { initialValuesField, isSameValue, parseFormData } from "./form-values";
import { mergeForm, readInitialValues } from "./merge-conflict";

const opened = { name: "Quay", address: "Mill Lane 3", country: "DE", sites: ["a", "b"], version: "1" };
const now = { ...opened, name: "Quay North", sites: ["c"], version: "2" };

describe("X-6: saving after somebody else has saved", () => {
  test("keeps typed changes, takes over the other changes and reports both", () => {
    const merged = mergeForm(opened, { ...opened, name: "Quay South", address: "Mill Lane 5" }, now, "Ada");
    expect(merged.values).toEqual({ ...now, name: "Quay South", address: "Mill Lane 5" });
    expect(merged.conflict).toEqual({ updatedBy: "Ada", fields: { name: { now: "Quay North", kept: true }, sites: { now: ["c"], kept: false } } });
    expect(merged.initialValues).toEqual(now);
  });

  test("does not report a field that both changed alike, or that only this form changed", () => {
    const { values, conflict } = mergeForm(opened, { ...opened, name: "Quay North", address: "", sites: ["c"] }, now, "Ada");
    expect(conflict.fields).toEqual({});
    expect(values).toEqual({ ...now, address: "" });
  });

  test("reports only the changes of a third save when there is one", () => {
    const { values, initialValues: second } = mergeForm(opened, { ...opened, name: "Quay South" }, now, "Ada");
    const third = mergeForm(second, values, { ...now, country: "FR", version: "3" }, "Bo");
    expect(third.values).toEqual({ ...now, name: "Quay South", country: "FR", version: "3" });
    expect(third.conflict.fields).toEqual({ country: { now: "FR", kept: false } });
  });

  test("keeps every typed value of a form without initial values", () => {
    const typed = { name: "Quay South", address: "Mill Lane 3" };
    const { values, conflict } = mergeForm(undefined, typed, { name: "Quay", address: "Mill Lane 3", version: "2" }, "Ada");
    expect(values).toEqual({ ...typed, version: "2" });
    expect(conflict.fields).toEqual({ name: { now: "Quay", kept: true } });
  });
});

test("X-6: a missing value, an unchecked box and an empty list are equal, and the order of a list does not matter", () => {
  expect(isSameValue(undefined, "")).toBe(true);
  expect(isSameValue(undefined, [])).toBe(true);
  expect(isSameValue(["b", "a"], ["a", "b"])).toBe(true);
  expect(isSameValue("one\r\ntwo ", "one\ntwo")).toBe(true);
  expect(isSameValue("true", "")).toBe(false);
});

test("X-6, INP-4: the initial values are not among the form values, and malformed ones are ignored", () => {
  const form = new FormData();
  form.set("name", "Quay");
  form.set(initialValuesField, JSON.stringify(opened));
  expect(readInitialValues(form)).toEqual(opened);
  expect(parseFormData(form)).toEqual({ name: "Quay" });
  for (const nonsense of ["", "{", "7", "null", '["a"]', '{"name":7}', '{"name":{"a":"b"}}']) {
    form.set(initialValuesField, nonsense);
    expect(readInitialValues(form)).toBeUndefined();
  }
  expect(readInitialValues("text")).toBeUndefined();
});
