import { describe, expect, test } from "vitest";
import { openedName, sameValue, valuesOf } from "./form-values";
import { meet, openedIn } from "./meanwhile";

const opened = { name: "Quay", address: "Mill Lane 3", country: "DE", sites: ["a", "b"], version: "1" };
const now = { ...opened, name: "Quay North", sites: ["c"], version: "2" };

describe("X-6: saving after somebody else has saved", () => {
  test("keeps typed changes, takes over the other changes and reports both", () => {
    const merged = meet(opened, { ...opened, name: "Quay South", address: "Mill Lane 5" }, now, "Ada");
    expect(merged.values).toEqual({ ...now, name: "Quay South", address: "Mill Lane 5" });
    expect(merged.meanwhile).toEqual({ by: "Ada", fields: { name: { now: "Quay North", kept: true }, sites: { now: ["c"], kept: false } } });
    expect(merged.opened).toEqual(now);
  });

  test("does not report a field that both changed alike, or that only this form changed", () => {
    const { values, meanwhile } = meet(opened, { ...opened, name: "Quay North", address: "", sites: ["c"] }, now, "Ada");
    expect(meanwhile.fields).toEqual({});
    expect(values).toEqual({ ...now, address: "" });
  });

  test("reports only the changes of a third save when there is one", () => {
    const { values, opened: second } = meet(opened, { ...opened, name: "Quay South" }, now, "Ada");
    const third = meet(second, values, { ...now, country: "FR", version: "3" }, "Bo");
    expect(third.values).toEqual({ ...now, name: "Quay South", country: "FR", version: "3" });
    expect(third.meanwhile.fields).toEqual({ country: { now: "FR", kept: false } });
  });

  test("keeps every typed value of a form without initial values", () => {
    const typed = { name: "Quay South", address: "Mill Lane 3" };
    const { values, meanwhile } = meet(undefined, typed, { name: "Quay", address: "Mill Lane 3", version: "2" }, "Ada");
    expect(values).toEqual({ ...typed, version: "2" });
    expect(meanwhile.fields).toEqual({ name: { now: "Quay", kept: true } });
  });
});

test("X-6: a missing value, an unchecked box and an empty list are equal, and the order of a list does not matter", () => {
  expect(sameValue(undefined, "")).toBe(true);
  expect(sameValue(undefined, [])).toBe(true);
  expect(sameValue(["b", "a"], ["a", "b"])).toBe(true);
  expect(sameValue("one\r\ntwo ", "one\ntwo")).toBe(true);
  expect(sameValue("true", "")).toBe(false);
});

test("X-6, INP-4: the initial values are not among the form values, and malformed ones are ignored", () => {
  const form = new FormData();
  form.set("name", "Quay");
  form.set(openedName, JSON.stringify(opened));
  expect(openedIn(form)).toEqual(opened);
  expect(valuesOf(form)).toEqual({ name: "Quay" });
  for (const nonsense of ["", "{", "7", "null", '["a"]', '{"name":7}', '{"name":{"a":"b"}}']) {
    form.set(openedName, nonsense);
    expect(openedIn(form)).toBeUndefined();
  }
  expect(openedIn("text")).toBeUndefined();
});
