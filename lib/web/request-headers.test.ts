import { expect, test } from "vitest";
import { parseAppUrl } from "@/lib/web/app-origin";
import { isReservedHeader, trustedHeaders } from "@/lib/web/request-headers";

const steering = ["x-middleware-subrequest", "X-Forwarded-Host", "content-security-policy", "x-nonce", "forwarded", "x-matched-path",
  "x-nextjs-data", "x-http-method-override", "x-original-url", "x-rewrite-url", "next-resume"];
const plain = ["cookie", "origin", "x-forwarded-for", "x-forwarded-proto", "rsc", "next-action", "x-request-id"];

test.each(steering)("WEB-3: %s steers the framework and is never a client's to set", (name) => {
  expect(isReservedHeader(name)).toBe(true);
});

test.each(plain)("WEB-3: %s may be sent by a client", (name) => {
  expect(isReservedHeader(name)).toBe(false);
});

const app = parseAppUrl("https://portal.example.net");
const facts = { app, requestId: "1", target: "/orgs?a=b&_rsc=1x", forwardedFor: "192.0.2.7, 10.0.0.1" };

test("AUD-3: the application is told the id, the path without the router's mark, the addresses and our own scheme", () => {
  expect(Object.fromEntries(trustedHeaders({ ...facts, csp: "default-src 'self'" }))).toEqual({
    "x-request-id": "1",
    "x-path": "/orgs?a=b",
    "content-security-policy": "default-src 'self'",
    "x-forwarded-for": "192.0.2.7, 10.0.0.1",
    "x-forwarded-proto": "https",
  });
});

test("LNK-9: a checked null origin is ours, any other stays as it was", () => {
  expect(new Map(trustedHeaders({ ...facts, origin: "null" })).get("origin")).toBe(app.origin);
  expect(new Map(trustedHeaders({ ...facts, origin: app.origin })).has("origin")).toBe(false);
});

test("what is not known is left as it is", () => {
  const names = trustedHeaders({ app, requestId: "1", target: "/" }).map(([name]) => name);
  expect(names).toEqual(["x-request-id", "x-path"]);
});
