import { expect, test } from "vitest";
import { clientAddress, countsAsActivity, isRequestId, newRequestId, pathForLog, userAgent, isFromOwnSite } from "@/lib/web/request";

const forwarded = (value: string) => new Headers({ "x-forwarded-for": value });

test.each([
  ["203.0.113.9", 0, "203.0.113.9"],
  ["6.6.6.6, 203.0.113.9", 0, "203.0.113.9"],
  ["6.6.6.6, 198.51.100.7, 10.0.0.1", 1, "198.51.100.7"],
  ["6.6.6.6, 198.51.100.7, 10.0.0.2, 10.0.0.1", 2, "198.51.100.7"],
  ["10.0.0.1", 1, "10.0.0.1"],
  ["::ffff:203.0.113.9", 0, "203.0.113.9"],
  ["2001:db8::1", 0, "2001:db8::1"],
  ["fe80::1%eth0", 0, "fe80::1"],
  ["unknown", 0, null],
  ["<script>, x", 0, null],
  ["", 0, null],
])("AUD-3: of %j with %i trusted proxies the client is %s", (value, hops, expected) => {
  expect(clientAddress(forwarded(value), hops)).toBe(expected);
});

test("AUD-3: without the header there is no address", () => {
  expect(clientAddress(new Headers(), 0)).toBeNull();
});

test("AUD-3: a user agent is printable and short", () => {
  expect(userAgent(new Headers({ "user-agent": "Mozilla/5.0\tX\u00e9" }))).toBe("Mozilla/5.0 X");
  expect(userAgent(new Headers({ "user-agent": "a".repeat(5_000) }))).toHaveLength(300);
  expect(userAgent(new Headers())).toBe("");
});

test.each([
  [{ "next-router-prefetch": "1" }, false],
  [{ "next-router-segment-prefetch": "/_tree" }, false],
  [{ "sec-purpose": "prefetch;prerender" }, false],
  [{ purpose: "prefetch" }, false],
  [{ "x-background": "1" }, false],
  [{ rsc: "1" }, true],
  [{}, true],
])("SES-5: a request with %j counts as activity: %s", (headers, expected) => {
  expect(countsAsActivity(new Headers(headers as Record<string, string>))).toBe(expected);
});

test.each<[Record<string, string>, boolean]>([
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "none" }, true],
  [{ "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ "sec-fetch-site": "cross-site", referer: "https://portal.example/orgs" }, false],
  [{ origin: "https://portal.example" }, true],
  [{ referer: "https://portal.example/orgs/1/sites?search=x" }, true],
  [{ referer: "https://portal.example.evil.example/" }, false],
  [{ origin: "null" }, false],
  [{}, true],
])("AUD-12: a request with %j comes from the portal's own site: %s", (headers, expected) => {
  expect(isFromOwnSite(new Headers(headers), "https://portal.example")).toBe(expected);
});

test("X-12: request ids are UUIDv7: in the order of time and never the same", () => {
  const [early, late] = [newRequestId(1_000), newRequestId(2_000)];
  expect([early, late].every(isRequestId)).toBe(true);
  expect(early < late).toBe(true);
  expect(new Set(Array.from({ length: 1_000 }, () => newRequestId())).size).toBe(1_000);
  expect(isRequestId("00000000-0000-4000-8000-000000000000")).toBe(false);
  expect(isRequestId("<script>")).toBe(false);
});

test.each([
  ["/orgs/0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f/sites?search=canary", "/orgs/0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f/sites"],
  ["/invite/abc", "/invite/[secret]"],
  ["/verify/email/abc.", "/verify/[secret]/[secret]"],
  ["/reset", "/reset"],
  ["/occupancy/q1w2e3r4t5y6u7i8o9p0aa", "/occupancy/[secret]"],
  ["/people/ada@example.net", "/people/[secret]"],
  ["/_next/static/chunks/0a1b2c3d4e5f6a7b8c9d0e1f.js", "/_next/static/chunks/0a1b2c3d4e5f6a7b8c9d0e1f.js"],
])("LNK-9: %s is logged as %s", (target, logged) => {
  expect(pathForLog(target)).toBe(logged);
});

test("INP-5: a path of many parts is cut", () => {
  expect(pathForLog("/a".repeat(8_000))).toBe("/a".repeat(49));
});
