import { expect, test } from "vitest";
import { withReturnTo } from "@/lib/shared/login-flow";

test("ACC-10: the path of a login page carries the return target and the given parameters", () => {
  const returnTo = { path: "/orgs/1/sites?sort=-name&page=2", orgId: "1" };
  const { pathname, searchParams } = new URL(withReturnTo("/sign-in", returnTo, { notice: "google-over" }), "https://portal.example.net");
  expect([pathname, ...searchParams]).toEqual(["/sign-in", ["next", returnTo.path], ["org", "1"], ["notice", "google-over"]]);
});

test.each([{ path: null }, { path: "/" }, { path: null, orgId: "" }])("ACC-10: %j adds no query", (returnTo) => {
  expect(withReturnTo("/sign-in", returnTo)).toBe("/sign-in");
});
