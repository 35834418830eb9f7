import { describe, expect, test } from "vitest";
import { openedName, sameValue, valuesOf } from "./form-values";
import { meet, openedIn } from "./meanwhile";

const opened = { name: "Quay", address: "Mill Lane 3", country: "DE", sites: ["a", "b"], version: "1" };
const now = { ...opened, name: "Quay North", sites: ["c"], version: "2" };

describe("X-6: a second save", () => {
  test("keeps what was typed, takes over what only they changed, and tells both", () => {
    const met = meet(opened, { ...opened, name: "Quay South", address: "Mill Lane 5" }, now, "Ada");
    expect(met.values).toEqual({ ...now, name: "Quay South", address: "Mill Lane 5" });
    expect(met.meanwhile).toEqual({ by: "Ada", fields: { name: { now: "Quay North", kept: true }, sites: { now: ["c"], kept: false } } });
    expect(met.opened).toEqual(now);
  });

  test("is told nothing of a field in which both wrote the same, nor of one that nobody but it changed", () => {
    const { values, meanwhile } = meet(opened, { ...opened, name: "Quay North", address: "", sites: ["c"] }, now, "Ada");
    expect(meanwhile.fields).toEqual({});
    expect(values).toEqual({ ...now, address: "" });
  });

  test("is told again of a third save, and only of what that one changed", () => {
    const { values, opened: second } = meet(opened, { ...opened, name: "Quay South" }, now, "Ada");
    const third = meet(second, values, { ...now, country: "FR", version: "3" }, "Bo");
    expect(third.values).toEqual({ ...now, name: "Quay South", country: "FR", version: "3" });
    expect(third.meanwhile.fields).toEqual({ country: { now: "FR", kept: false } });
  });

  test("keeps everything where the form cannot say what it was opened with", () => {
    const typed = { name: "Quay South", address: "Mill Lane 3" };
    const { values, meanwhile } = meet(undefined, typed, { name: "Quay", address: "Mill Lane 3", version: "2" }, "Ada");
    expect(values).toEqual({ ...typed, version: "2" });
    expect(meanwhile.fields).toEqual({ name: { now: "Quay", kept: true } });
  });
});

test("X-6: nothing, an unticked box and an empty list are the same, and a list has no order", () => {
  expect(sameValue(undefined, "")).toBe(true);
  expect(sameValue(undefined, [])).toBe(true);
  expect(sameValue(["b", "a"], ["a", "b"])).toBe(true);
  expect(sameValue("one\r\ntwo ", "one\ntwo")).toBe(true);
  expect(sameValue("true", "")).toBe(false);
});

test("X-6, INP-4: what a form was opened with is no value of it, and nonsense there counts as nothing", () => {
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
