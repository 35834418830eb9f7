import { expect, test } from "vitest";
import { toward } from "@/lib/vocabulary/entrance";

test("ACC-10: a page on the way in keeps where it is to lead, and what it says", () => {
  const wanted = { path: "/orgs/1/sites?sort=-name&page=2", orgId: "1" };
  const { pathname, searchParams } = new URL(toward("/sign-in", wanted, { notice: "google-over" }), "https://portal.example.net");
  expect([pathname, ...searchParams]).toEqual(["/sign-in", ["next", wanted.path], ["org", "1"], ["notice", "google-over"]]);
});

test.each([{ path: null }, { path: "/" }, { path: null, orgId: "" }])("ACC-10: %j needs nothing in the address", (wanted) => {
  expect(toward("/sign-in", wanted)).toBe("/sign-in");
});
