import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { isRequestId } from "@/lib/web/request";
import { proxy } from "@/proxy";

const origin = new URL(env().APP_URL).origin;
const host = new URL(env().APP_URL).host;

const ask = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  proxy(new NextRequest(`${origin}${path}`, { ...init, headers: { host, ...init.headers } }));

const passes = (response: Response) => response.headers.get("x-middleware-next") === "1";
const forApp = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

test("WEB-2: a page and the app that draws it are given the same nonce, new each time", () => {
  const [first, second] = [ask("/"), ask("/")];
  const policy = first.headers.get("content-security-policy");
  expect(passes(first)).toBe(true);
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic'/);
  expect(forApp(first, "content-security-policy")).toBe(policy);
  expect(second.headers.get("content-security-policy")).not.toBe(policy);
});

test("ACC-1, ACC-13: without script a form leads on to Google and to other regions' installations, and nowhere else", () => {
  const formsOf = (response: Response) => /form-action ([^;]*)/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
  expect(formsOf(ask("/create-account"))).toBe("'self'");
  const before = { ...env() };
  Object.assign(env(), { GOOGLE_CLIENT_ID: "ours", BRAND_EUROPE_URL: "https://eu.example.net/portal" });
  expect(formsOf(ask("/create-account"))).toBe("'self' https://accounts.google.com https://eu.example.net");
  Object.assign(env(), { GOOGLE_CLIENT_ID: undefined, BRAND_EUROPE_URL: undefined }, before);
});

test("WEB-2: a refusal carries the headers of every answer", () => {
  const response = ask("/sign-in", { method: "POST" });
  expect(response.status).toBe(403);
  for (const name of ["content-security-policy", "x-content-type-options", "referrer-policy", "x-request-id"]) {
    expect(response.headers.has(name)).toBe(true);
  }
  expect(response.headers.get("cache-control")).toBe("private, no-store");
});

test("WEB-1: a change from elsewhere does not reach the app, one from our pages does", () => {
  const foreign = { origin: "https://evil.example", "x-forwarded-host": "evil.example" };
  for (const given of [{}, { origin: "null" }, foreign] as Array<Record<string, string>>) {
    const response = ask("/orgs/1/sites", { method: "POST", headers: given });
    expect([response.status, passes(response)]).toEqual([403, false]);
  }
  expect(passes(ask("/orgs/1/sites", { method: "POST", headers: { origin } }))).toBe(true);
});

test("WEB-5: methods, hosts, sizes and lengths are bounded", () => {
  expect(ask("/", { method: "DELETE" }).status).toBe(405);
  expect(ask("/", { method: "DELETE" }).headers.get("allow")).toBe("GET, HEAD, POST");
  expect(ask("/", { headers: { host: "evil.example" } }).status).toBe(400);
  expect(ask("/", { method: "POST", headers: { origin, "content-length": "2000000" } }).status).toBe(413);
  expect(ask(`/?${"a".repeat(9_000)}`).status).toBe(414);
});

test("WEB-3: what steers the framework is taken from the request before the app sees it", () => {
  const response = ask("/", {
    headers: { "x-middleware-subrequest": "proxy", "x-forwarded-host": "evil.example", "x-nonce": "mine", rsc: "1" },
  });
  expect(passes(response)).toBe(true);
  for (const name of ["x-middleware-subrequest", "x-forwarded-host", "x-nonce"]) expect(forApp(response, name)).toBeNull();
  expect(forApp(response, "rsc")).toBe("1");
});

test("WEB-3: a client cannot bring a script policy of its own", () => {
  const response = ask("/", { headers: { "content-security-policy": "script-src 'nonce-mine'" } });
  expect(forApp(response, "content-security-policy")).not.toContain("mine");
});

test("WEB-5: an answer and its app share a request id that a client cannot shape", () => {
  const given = ask("/", { headers: { "x-request-id": "evil\tid" } });
  const id = given.headers.get("x-request-id");
  expect(isRequestId(id)).toBe(true);
  expect(forApp(given, "x-request-id")).toBe(id);
});

test("LNK-9: a form without script on a token page reaches the app as our own", () => {
  const response = ask("/invite/abc", { method: "POST", headers: { origin: "null", "sec-fetch-site": "same-origin" } });
  expect(passes(response)).toBe(true);
  expect(forApp(response, "origin")).toBe(origin);
});
