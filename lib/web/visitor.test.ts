import { expect, test } from "vitest";
import { elsewhere } from "@/lib/testing/elsewhere";
import { safePath, wantedIn } from "@/lib/web/visitor";

test.each(elsewhere)("SSO-8: %j is rejected as a return target", (raw) => {
  expect(safePath(raw)).toBeNull();
});

test.each([null, undefined, 7, ["/orgs"], { path: "/orgs" }])("SSO-8: %j is not a string path", (raw) => {
  expect(safePath(raw)).toBeNull();
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
  expect(safePath(raw)).toBe(path);
  expect(new URL(path, "https://portal.example.net").host).toBe("portal.example.net");
});

test("SSO-8, ACC-10: a return target has one local path and one organization", () => {
  expect(wantedIn({ next: "/orgs/1/sites", org: "1" })).toEqual({ path: "/orgs/1/sites", orgId: "1" });
  expect(wantedIn({ next: "//evil.example", org: ["1", "2"] })).toEqual({ path: null, orgId: undefined });
});
