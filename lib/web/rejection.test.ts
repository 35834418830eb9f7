import { expect, test } from "vitest";
import { parseAppUrl } from "@/lib/web/app-origin";
import { rejectionBody, rejectRequest } from "@/lib/web/rejection";

const app = parseAppUrl("https://portal.example.net");

type Given = { method?: string; headers?: Record<string, string> };

function statusOf(target: string, { method = "GET", headers = {} }: Given = {}) {
  const all: Record<string, string> = { host: "portal.example.net", ...headers };
  return rejectRequest({ method, target, header: (name) => all[name] }, app)?.status;
}

const post = (target: string, headers: Record<string, string>) => statusOf(target, { method: "POST", headers });

test("WEB-1: a form of the portal's own pages passes", () => {
  expect(post("/sign-in", { origin: "https://portal.example.net", cookie: "a=b" })).toBeUndefined();
});

test.each<[string, Record<string, string>]>([
  ["absent", {}],
  ["null", { origin: "null" }],
  ["foreign", { origin: "https://evil.example" }],
  ["malformed", { origin: "garbage" }],
  ["empty", { origin: "" }],
  ["of another scheme", { origin: "http://portal.example.net" }],
  ["of another port", { origin: "https://portal.example.net:8443" }],
  ["with our name in front", { origin: "https://portal.example.net.evil.example" }],
  ["given twice", { origin: "https://portal.example.net, https://evil.example" }],
  ["foreign, with a forwarded host to match", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
  ["absent, with plain text", { "content-type": "text/plain" }],
  ["absent, with a file form", { "content-type": "multipart/form-data; boundary=x" }],
  ["absent, with a token on a page", { authorization: "Token abc" }],
])("WEB-1: a change whose origin is %s is refused", (_name, headers) => {
  expect(post("/orgs/1/sites", { cookie: "session=1", ...headers })).toBe(403);
  expect(post("/orgs/1/sites", headers)).toBe(403);
});

test.each(["PUT", "PATCH", "DELETE", "POST"])("WEB-1: %s to the API with a cookie needs our origin", (method) => {
  const target = "/api/v1/orgs/1/sites";
  expect(statusOf(target, { method, headers: { cookie: "a=b" } })).toBe(403);
  expect(statusOf(target, { method, headers: { cookie: "a=b", authorization: "Token x" } })).toBe(403);
  expect(statusOf(target, { method, headers: { authorization: "Token x" } })).toBeUndefined();
  expect(statusOf(target, { method })).toBeUndefined();
  expect(statusOf(target, { method, headers: { origin: "https://evil.example" } })).toBe(403);
});

test("LNK-9: a form without script on a page without referrer passes only as the browser's own same-origin post", () => {
  expect(post("/invite/x", { origin: "null", "sec-fetch-site": "same-origin" })).toBeUndefined();
  expect(post("/invite/x", { origin: "null", "sec-fetch-site": "cross-site" })).toBe(403);
  expect(post("/invite/x", { origin: "null" })).toBe(403);
  expect(post("/orgs/1/sites", { origin: "null", "sec-fetch-site": "same-origin" })).toBe(403);
});

test.each(["TRACE", "CONNECT", "PROPFIND", "FOO", "get", "", "PUT", "PATCH", "DELETE", "OPTIONS"])(
  "WEB-5: a page does not take %s",
  (method) => {
    const refused = rejectRequest({ method, target: "/orgs", header: () => "portal.example.net" }, app);
    expect(refused).toMatchObject({ status: 405, allow: "GET, HEAD, POST" });
  },
);

test("WEB-5: static files and health checks are only read", () => {
  const headers = { origin: app.origin };
  expect(statusOf("/api/health/live", { method: "POST", headers })).toBe(405);
  for (const file of ["/_next/static/a.js", "/favicon.ico", "/error/500.html"]) expect(statusOf(file, { method: "POST", headers })).toBe(405);
});

test.each(["evil.example", "portal.example.net:444", "portal.example.net.evil.example", "", "169.254.169.254"])(
  "WEB-5: the host %s is not ours",
  (host) => {
    expect(statusOf("/orgs", { headers: { host } })).toBe(400);
  },
);

test("WEB-5: the machine itself may ask by its own address, and change nothing", () => {
  for (const host of ["localhost:3000", "127.0.0.1:4001", "[::1]:3000"]) {
    expect(statusOf("/", { headers: { host } })).toBeUndefined();
    expect(statusOf("/", { method: "POST", headers: { host, origin: `http://${host}` } })).toBe(400);
    expect(statusOf("/", { method: "POST", headers: { host, origin: app.origin } })).toBe(400);
  }
});

test("OPS-1: a probe may ask for health by address", () => {
  expect(statusOf("/api/health/ready", { headers: { host: "10.1.2.3:3000" } })).toBeUndefined();
  expect(statusOf("/api/health/ready", { headers: { host: "evil.example" } })).toBe(400);
});

test.each(["1048577", "99999999999999999999", "1e9", "-1x"])("WEB-5: a body of %s bytes is too large", (length) => {
  expect(post("/sign-in", { origin: app.origin, "content-length": length })).toBe(413);
});

test("WEB-5: a body of a megabyte is not too large", () => {
  expect(post("/sign-in", { origin: app.origin, "content-length": "1048576" })).toBeUndefined();
});

test.each([
  "//orgs", "/orgs//1", "/%2e%2e/orgs", "/orgs/%2E/1", "/orgs/../1", "/orgs/.", "/orgs;a=b", "/orgs%3ba", "/orgs%2f1",
  "/orgs\\1", "/orgs%5c1", "/orgs%00", "/orgs%0d%0aSet-Cookie:a", "/orgs/%252e%252e/1", "/orgs%", "/orgs/%ff",
  "http://portal.example.net/orgs", "*", "orgs", "/orgs\u00a0",
])("WEB-3: %s is not a well formed address", (target) => {
  expect(statusOf(target)).toBe(400);
});

test.each(["/orgs/1/sites.rsc", "/orgs/1/sites.segments/_tree.segment.rsc", "/_next/data/x/orgs.json", "/_next/image?url=x", "/_global-error"])(
  "WEB-3: nothing is served at %s",
  (target) => {
    expect(statusOf(target)).toBe(404);
  },
);

test("WEB-3: odd queries reach the page, where the data layer decides", () => {
  expect(statusOf("/orgs/1/sites?_rsc=1ab&next=//evil&a=%2e%2e;b")).toBeUndefined();
});

test.each([...Object.getOwnPropertyNames(Object.prototype), "to%53tring"])("WEB-5: a parameter named %s is refused", (name) => {
  expect(statusOf(`/orgs/1/sites?search=a&${name}=b`)).toBe(400);
  expect(statusOf(`/orgs/1/sites?search=${name}`)).toBeUndefined();
});

test("WEB-5: an address has at most eight kilobytes", () => {
  expect(statusOf(`/?${"a".repeat(8_190)}`)).toBeUndefined();
  expect(statusOf(`/?${"a".repeat(8_191)}`)).toBe(414);
});

test("WEB-5: a refusal says what is wrong and nothing about the inside", () => {
  const refused = rejectRequest({ method: "TRACE", target: "/", header: () => undefined }, app);
  if (!refused) throw new Error("expected a refusal");
  expect(rejectionBody(refused, "/").body).toBe("This address doesn’t accept that method.\n");
  expect(JSON.parse(rejectionBody(refused, "/api/v1/self").body)).toEqual({ detail: refused.message });
});

test("WEB-5: a body of undeclared length is refused, but for the action that Next forwards to itself", () => {
  const headers: Record<string, string> = { host: "portal.example.net", origin: app.origin, "transfer-encoding": "chunked" };
  expect(post("/sign-in", headers)).toBe(411);
  expect(statusOf("/sign-in", { headers: { "transfer-encoding": "gzip, chunked" } })).toBe(411);
  const header = (name: string) => headers[name];
  expect(rejectRequest({ method: "POST", target: "/sign-in", header, internal: true }, app)).toBeUndefined();
});

const browserBoundary = "----WebKitFormBoundaryAbCdEf0123456789";

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ["text/plain;charset=UTF-8", undefined],
  ["application/json", undefined],
  [`multipart/form-data; boundary=${browserBoundary}`, undefined],
  [`multipart/form-data; boundary="${browserBoundary}"`, undefined],
  ["multipart/form-data", 400],
  ["multipart/form-data; boundary=", 400],
  ["multipart/form-data; boundary=x", 400],
  [`multipart/form-data; boundary=${"a".repeat(71)}`, 400],
  [`multipart/form-data; boundary="${"a".repeat(30)}\u00e9"`, 400],
  ["multipart", 400],
  ["/", 400],
])("WEB-5: a body of the type %j is answered %j", (type, status) => {
  expect(post("/sign-in", { origin: app.origin, ...(type === undefined ? {} : { "content-type": type }) })).toBe(status);
});

test.each(["null", "[]", "{}", "%", '%5B%22%22%2C', '["",[]]', '["",{"children":[1,{}]}]', `[${"[".repeat(2_000)}`, "a, b"])(
  "WEB-5: the router state %s is refused",
  (state) => {
    expect(statusOf("/orgs", { headers: { "next-router-state-tree": state } })).toBe(400);
  },
);
