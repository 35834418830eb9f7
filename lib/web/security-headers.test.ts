import { expect, test } from "vitest";
import { tileSource } from "@/lib/shared/map-settings";
import { contentSecurityPolicy, createNonce } from "@/lib/web/csp";
import { responseHeaders, securityHeaders } from "@/lib/web/security-headers";

const at = (pathname: string, secure = true) => new Map(responseHeaders(pathname, { secure }));

test("WEB-2: only the answer's own scripts run, nothing frames it, nothing moves its base", () => {
  const policy = contentSecurityPolicy("abc", { secure: true }).split("; ");
  expect(policy).toEqual([
    "default-src 'self'",
    "script-src 'self' 'nonce-abc' 'strict-dynamic'",
    "style-src 'self' 'nonce-abc'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "upgrade-insecure-requests",
  ]);
});

test("WEB-2, ACC-13: a form leads nowhere but here, and to the provider that is named", () => {
  const policy = contentSecurityPolicy("abc", { secure: true, forms: ["https://accounts.google.com"] });
  expect(policy.split("; ")).toContain("form-action 'self' https://accounts.google.com");
  expect(at("/sign-in").get("Content-Security-Policy")).toContain("form-action 'self';");
});

test("WEB-2, SIT-3: images come from here, and from the tile server that is configured", () => {
  expect(contentSecurityPolicy("abc", { secure: true, images: ["https://tiles.example.net"] }).split("; ")).toContain("img-src 'self' data: https://tiles.example.net");
  const sources = ["https://tiles.example.net/{z}/{x}/{y}.png?key=a", "https://{s}.tiles.example.net:8443/{z}/{x}/{y}.png", "http://localhost:4000/{z}/{x}/{y}"].map(tileSource);
  expect(sources).toEqual(["https://tiles.example.net", "https://*.tiles.example.net:8443", "http://localhost:4000"]);
});

test("WEB-2: an answer that is not a page allows no inline script", () => {
  const policy = at("/_next/static/x.js").get("Content-Security-Policy");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain("unsafe");
});

test("WEB-2: development alone may evaluate scripts", () => {
  expect(contentSecurityPolicy("abc", { secure: false, development: true })).toContain("'unsafe-eval'");
  expect(contentSecurityPolicy("abc", { secure: false })).not.toMatch(/unsafe|upgrade/);
});

test("WEB-2: a nonce has 128 bits and is never the same", () => {
  const nonces = new Set(Array.from({ length: 1_000 }, createNonce));
  expect(nonces.size).toBe(1_000);
  for (const nonce of nonces) expect(Buffer.from(nonce, "base64")).toHaveLength(16);
});

test("WEB-2: every answer carries the same set of headers", () => {
  expect(Object.fromEntries(securityHeaders.map(({ key, value }) => [key, value]))).toMatchObject({
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": expect.stringContaining("camera=()"),
  });
  for (const { key, value } of securityHeaders) expect(at("/orgs").get(key)).toBe(value);
});

test("WEB-2: an email in the mailbox may have styles of its own, in a sandbox without scripts that only the portal frames", () => {
  const headers = at("/mailbox/0199aa00-0000-7000-8000-000000000001");
  const policy = headers.get("Content-Security-Policy")?.split("; ");
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'"]));
  expect(policy).toContain("sandbox allow-popups allow-popups-to-escape-sandbox");
  expect(policy?.join()).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
  expect(headers.get("X-Frame-Options")).toBe("SAMEORIGIN");
  for (const path of ["/mailbox", "/mailbox/", "/mailbox/1/2", "/orgs/mailbox/1"]) expect(at(path).get("Content-Security-Policy")).toContain("default-src 'self'");
});

test("WEB-2: a year of HTTPS is promised where the portal is served over HTTPS, and only there", () => {
  expect(at("/").get("Strict-Transport-Security")).toBe("max-age=31536000");
  expect(at("/", false).has("Strict-Transport-Security")).toBe(false);
});

test.each(["/verify/x", "/reset/x", "/invite/x", "/invite", "/enroll/x"])("LNK-9: %s sends no referrer and is kept nowhere", (path) => {
  expect(at(path).get("Referrer-Policy")).toBe("no-referrer");
  expect(at(path).get("Cache-Control")).toBe("private, no-store");
});

test("WEB-4: what may be personal is kept nowhere, what is the same for everybody is not forbidden to be", () => {
  for (const path of ["/", "/orgs/1/sites", "/api/v1/self", "/orgs/x.png/y"]) {
    expect(at(path).get("Cache-Control")).toBe("private, no-store");
    expect(at(path).get("Vary")).toBe("Cookie");
  }
  for (const path of ["/_next/static/chunks/a.js", "/favicon.ico"]) expect(at(path).has("Cache-Control")).toBe(false);
});

test("ACC-16: no feature that passkeys need is taken from our own pages", () => {
  const policy = securityHeaders.find(({ key }) => key === "Permissions-Policy")?.value;
  expect(policy).not.toContain("publickey-credentials");
});
