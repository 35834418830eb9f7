import { expect, test } from "vitest";
import { openRedirectPayloads } from "@/lib/testing/open-redirect-payloads";
import { safeRedirectPath, parseReturnTo } from "@/lib/web/request-metadata";

test.each(openRedirectPayloads)("SSO-8: %j is rejected as a return target", (raw) => {
  expect(safeRedirectPath(raw)).toBeNull();
});

test.each([null, undefined, 7, ["/orgs"], { path: "/orgs" }])("SSO-8: %j is not a string path", (raw) => {
  expect(safeRedirectPath(raw)).toBeNull();
});

test.each([
  ["/", "/"],
  ["/orgs/1/sites?sort=-name", "/orgs/1/sites?sort=-name"],
  ["/orgs/../sign-in", "/sign-in"],
  ["/orgs#part", "/orgs"],
  ["/orgs?next=//evil.example", "/orgs?next=//evil.example"],
  ["/%2f/evil.example", "/%2f/evil.example"],
  ["/@evil.example", "/@evil.example"],
])("SSO-8: %s is accepted as %s", (raw, path) => {
  expect(safeRedirectPath(raw)).toBe(path);
  expect(new URL(path, "https://portal.example.net").host).toBe("portal.example.net");
});

test("SSO-8, ACC-10: a return target has one local path and one organization", () => {
  expect(parseReturnTo({ next: "/orgs/1/sites", org: "1" })).toEqual({ path: "/orgs/1/sites", orgId: "1" });
  expect(parseReturnTo({ next: "//evil.example", org: ["1", "2"] })).toEqual({ path: null, orgId: undefined });
});
