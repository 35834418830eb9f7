import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { pinnedNode, projectPath } from "../scripts/start/paths.ts";
import { freePort } from "../scripts/start/port.ts";
import { expect, test } from "./fixtures.ts";
import { sendRawRequest, type RawRequest } from "./setup/raw-http.ts";
import { commonVariants, type RequestVariant } from "./setup/request-variants.ts";

const someOrgId = "0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f";
const server = projectPath(".next", "standalone", "server.js");

const kinds: Array<[what: string, request: RawRequest, status: number]> = [
  ["a page", { target: "/sign-in" }, 200],
  ["a page that is not there", { target: "/nothing-here" }, 404],
  ["an address of the API that is not there", { target: "/api/nothing-here" }, 404],
  ["a probe", { target: "/api/health/live" }, 200],
  ["a redirect", { target: "/sign-in/" }, 308],
  ["a file that is not there", { target: "/_next/static/nothing.js" }, 404],
  ["a refused change", { method: "POST", target: "/sign-in" }, 403],
  ["a refused method", { method: "TRACE" }, 405],
  ["a refused address", { target: "//evil.example" }, 400],
  ["a refused host", { headers: { Host: "evil.example" } }, 400],
  ["too long an address", { target: `/?${"a".repeat(9_000)}` }, 414],
];

for (const [what, request, status] of kinds) {
  test(`WEB-2, WEB-5: ${what} has all security headers and reveals no internals`, async ({ baseURL }) => {
    const answer = await sendRawRequest(baseURL, request);
    expect(answer.status).toBe(status);
    const policy = answer.headers.get("content-security-policy") ?? "";
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "same-origin",
    });
    expect(answer.headers.has("x-powered-by")).toBe(false);
    expect(answer.body).not.toMatch(/\n\s+at |node_modules|postgres|select .* from|Next\.js \d|\/standalone\//i);
  });
}

const origins: Array<[what: string, headers: Record<string, string>]> = [
  ["absent", {}],
  ["null", { Origin: "null" }],
  ["foreign", { Origin: "https://evil.example" }],
  ["malformed", { Origin: "garbage" }],
  ["foreign with a forwarded host to match", { Origin: "https://evil.example", "X-Forwarded-Host": "evil.example" }],
  ["absent with plain text", { "Content-Type": "text/plain" }],
  ["absent with a file form", { "Content-Type": "multipart/form-data; boundary=x" }],
  ["absent with an action's id", { "Next-Action": "40".repeat(21), "Content-Type": "text/plain" }],
];

for (const [what, headers] of origins) {
  test(`WEB-1: a POST whose origin is ${what} is refused on every path`, async ({ baseURL }) => {
    for (const target of ["/", "/sign-in", `/orgs/${someOrgId}/sites`, "/nothing-here", "/api/nothing-here"]) {
      const answer = await sendRawRequest(baseURL, { method: "POST", target, headers: { ...headers, "Content-Length": "3" }, body: "a=b" });
      expect(answer.status).toBe(403);
    }
  });
}

test("WEB-1: the portal's own origin is accepted", async ({ baseURL }) => {
  const headers = { Origin: new URL(baseURL ?? "").origin, "Next-Action": "40".repeat(21), "Content-Length": "2" };
  const answer = await sendRawRequest(baseURL, { method: "POST", target: "/sign-in", headers, body: "[]" });
  expect([404, 409], "an unknown action").toContain(answer.status);
});

const variants: readonly RequestVariant[] = [
  ...commonVariants,
  ["RSC: 1 and ?_rsc=", (path) => `${path}?_rsc=1abcd`, { RSC: "1" }],
  ["x-matched-path", () => "/nothing-here", { "X-Matched-Path": `/orgs/${someOrgId}/sites` }],
  ["x-original-url", () => "/nothing-here", { "X-Original-URL": `/orgs/${someOrgId}/sites` }],
  ["//", (path) => `/${path}`],
  ["%2e", (path) => `/a/%2e%2e${path}`],
  ["a dot segment", (path) => `/a/..${path}`],
  [";", (path) => `${path};a=b`],
  ["a locale", (path) => `/en${path}`],
];

for (const [what, variant, headers] of variants) {
  test(`WEB-3: a protected page is not shown to visitors by ${what}`, async ({ baseURL }) => {
    for (const path of [`/orgs/${someOrgId}/sites`, `/orgs/${someOrgId}`]) {
      const answer = await sendRawRequest(baseURL, { target: variant(path), headers });
      expect(answer.body).not.toContain("Create Site");
      const isClosed = [307, 308, 400, 401, 404].includes(answer.status);
      const leadsToSignIn = /NEXT_REDIRECT|sign-in/.test(answer.body) || answer.status === 307;
      expect(isClosed || leadsToSignIn, `${answer.status}`).toBe(true);
    }
  });
}

test("WEB-4: pages are not cached, scripts of the build are immutable", async ({ baseURL, request }) => {
  const page = await sendRawRequest(baseURL, { target: "/sign-in" });
  expect(page.headers.get("cache-control")).toMatch(/private.*no-store/);
  expect(page.headers.get("vary")).toMatch(/\bcookie\b/i);
  const script = /\/_next\/static\/[^"]+\.js/.exec(page.body)?.[0] ?? "";
  expect((await request.get(script)).headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test("WEB-5: unsupported methods are answered 405", async ({ baseURL }) => {
  for (const method of ["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
    const answer = await sendRawRequest(baseURL, { method, target: "/sign-in" });
    expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, "GET, HEAD, POST"]);
  }
});

test("WEB-5: a body that is too large is answered 413, one of unknown length 411", async ({ baseURL }) => {
  const headers = { Origin: new URL(baseURL ?? "").origin, "Content-Type": "text/plain" };
  const body = "a".repeat(1_200_000);
  const declared = { ...headers, "Content-Length": String(body.length) };
  expect((await sendRawRequest(baseURL, { method: "POST", target: "/sign-in", headers: declared, body })).status).toBe(413);
  const chunked = { ...headers, "Transfer-Encoding": "chunked" };
  expect((await sendRawRequest(baseURL, { method: "POST", target: "/sign-in", headers: chunked, body: "1\r\na\r\n0\r\n\r\n" })).status).toBe(411);
});

test("LNK-9: pages with a secret in the URL send no referrer", async ({ baseURL }) => {
  for (const target of ["/verify/abc", "/reset/abc", "/invite/abc"]) {
    const { headers } = await sendRawRequest(baseURL, { target });
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toContain("no-store");
  }
});

test("OPS-1: health checks respond with ok and nothing else", async ({ request }) => {
  for (const probe of ["live", "ready"]) {
    const answer = await request.get(`/api/health/${probe}`);
    expect([answer.status(), await answer.text()]).toEqual([200, "ok\n"]);
  }
});

test.describe("in a browser", () => {
  test.use({ expectedConsoleErrors: [/Content Security Policy/] });

  test("WEB-2: an injected script does not run", async ({ page }) => {
    await page.route("**/sign-in", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace("</head>", "<script>window.ran = true</script></head>");
      await route.fulfill({ response: answer, body });
    });
    await page.goto("/sign-in");
    const hasRun = await page.evaluate(async () => {
      document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="window.ran = true">`);
      await new Promise((resolve) => document.querySelector("img:last-child")?.addEventListener("error", resolve));
      return "ran" in window;
    });
    expect(hasRun).toBe(false);
  });
});

test("WEB-2: the 404 page causes no console errors", async ({ page }) => {
  await page.goto("/nothing-here");
  await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
  await expect(page.getByText(/^Request [\da-f-]{36}$/)).toBeVisible();
});

const validSettings = {
  DATABASE_URL: "postgres://owner:canary@127.0.0.1:1/none",
  SIGNALBOX_SECRET: "pA7uXk2ZqLw9Ty4RbN6vCe1MhJ8sDf3G",
  APP_URL: "https://portal.example.net",
};

const invalidSettings: Array<[what: string, change: Record<string, string>, message: string]> = [
  ["no secret", { SIGNALBOX_SECRET: "" }, "SIGNALBOX_SECRET is missing"],
  ["a short secret", { SIGNALBOX_SECRET: "pA7uXk2Z" }, "at least 32 characters"],
  ["a sample secret", { SIGNALBOX_SECRET: "change-me-0123456789-abcdefghijklm" }, "is a sample"],
  ["no database", { DATABASE_URL: "" }, "DATABASE_URL"],
];

for (const [what, change, message] of invalidSettings) {
  test(`CRY-3: with ${what} the server does not start and reports the reason`, async () => {
    const env = { PATH: process.env.PATH ?? "", NODE_ENV: "production" as const, PORT: String(await freePort()), ...validSettings, ...change };
    const child = spawn(pinnedNode, [server], { env, stdio: ["ignore", "ignore", "pipe"] });
    const [output, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toMatch(/canary|\n\s+at /);
  });
}
