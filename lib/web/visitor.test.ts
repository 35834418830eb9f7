import { expect, test } from "vitest";
import { safePath } from "@/lib/web/visitor";

test.each([
  // Another host, said plainly or with the scheme left to the browser.
  "https://evil.example", "http://evil.example/", "HTTPS://EVIL.EXAMPLE", "//evil.example", "///evil.example", "////evil.example",
  "https:evil.example", "https:/evil.example", "http:///evil.example", "//evil.example/%2e%2e", "//user@evil.example", "//0x7f000001",
  // Backslashes are slashes to a browser.
  "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/a\\..\\\\evil.example", "/./\\evil.example",
  // Dots that a parser takes out, leaving two slashes in front.
  "/.//evil.example", "/..//evil.example", "/%2e//evil.example", "/a/..//evil.example", "/././/evil.example", "/%2E%2e//evil.example",
  "/a/b/../..//evil.example", "/.%2e//evil.example", "/a/%2e%2e//evil.example", "/..///evil.example", "/.//evil.example?x=/orgs",
  // What a parser or a browser drops before it looks.
  "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "\u0000//evil.example",
  "/\u2028/evil.example", "/\uff0fevil.example", "/\u3002evil.example",
  // Other schemes, and what is no path at all.
  "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
  "blob:https://evil.example/x", "evil.example", "@evil.example", ".evil.example", "?next=//evil.example", "#//evil.example", "",
])("SSO-8: %j leads nowhere", (raw) => {
  expect(safePath(raw)).toBeNull();
});

test.each([null, undefined, 7, ["/orgs"], { path: "/orgs" }])("SSO-8: %j is not even a path", (raw) => {
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
])("SSO-8: %s stays here, as %s", (raw, path) => {
  expect(safePath(raw)).toBe(path);
  expect(new URL(path, "https://portal.example.net").host).toBe("portal.example.net");
});
