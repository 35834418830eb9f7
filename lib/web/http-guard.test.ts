import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseAppUrl } from "@/lib/web/app-origin";
import { type AccessEntry, installHttpGuard } from "@/lib/web/http-guard";
import { isRequestId } from "@/lib/web/request";
import { currentRequest, type RequestKind } from "@/lib/web/request-context";
import { setResponseStatus } from "@/lib/web/response-status";
import { unfinishedBodies } from "@/lib/web/unfinished-bodies";
import { config } from "@/proxy";

type Seen = { method?: string; url?: string; headers: IncomingHttpHeaders; body: string; id?: string; kind?: RequestKind };

const app = parseAppUrl("http://portal.example.net");
const accesses: AccessEntry[] = [];
let seen: Seen[] = [];
let stopping = false;
let timesForwarded = 0;
let server: Server;
let uninstall: () => void;

/** Replaces Next: ignores responses that have ended, and stores the requests. */
async function answer(request: IncomingMessage, response: ServerResponse) {
  await turn();
  if (response.writableEnded) return;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, url, headers } = request;
  const { id, kind } = currentRequest() ?? {};
  seen.push({ method, url, headers, body: Buffer.concat(chunks).toString(), id, kind });
  if (url === "/refused") setResponseStatus(403);
  response.end("app");
}

beforeAll(async () => {
  uninstall = installHttpGuard({
    app,
    isStopping: () => stopping,
    onAccess: (entry) => accesses.push(entry),
    onForwarded: () => (timesForwarded += 1),
  });
  server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await once(server.listen(0, "127.0.0.1"), "listening");
});

afterAll(() => {
  uninstall();
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  seen = [];
  accesses.length = 0;
  stopping = false;
});

const open = () => connect((server.address() as AddressInfo).port, "127.0.0.1");

/** Sends raw bytes and reads until the server closes. */
async function raw(...parts: Array<string | Buffer>): Promise<string> {
  const socket = open();
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  for (const part of parts) socket.write(part);
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

const head = (line: string, headers: Record<string, string> = {}) => {
  const all = { Host: app.host, Connection: "close", ...headers };
  return `${line} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
};

const statusOf = (response: string) => Number(response.split(" ")[1]);

test("WEB-2: the security headers are on whatever the application answers", async () => {
  const response = await raw(head("GET /orgs"));
  expect(statusOf(response)).toBe(200);
  for (const line of ["X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Cache-Control: private, no-store", "Vary: Cookie"]) {
    expect(response).toContain(line);
  }
  expect(response).toMatch(/Content-Security-Policy: default-src 'self'; script-src 'self' 'nonce-/);
});

test.each(["TRACE", "PROPFIND", "DELETE"])("WEB-5: %s is answered 405 and never reaches the application", async (method) => {
  const response = await raw(head(`${method} /`));
  expect(statusOf(response)).toBe(405);
  expect(response).toContain("Allow: GET, HEAD, POST");
  expect(response).toContain("X-Content-Type-Options: nosniff");
  expect(seen).toEqual([]);
});

test("WEB-5: what is not HTTP is answered 400, too large a header 431, an upgrade 400", async () => {
  await raw(head("GET /"));
  seen = [];
  expect(statusOf(await raw("GET / JUNK\r\n\r\n"))).toBe(400);
  expect(statusOf(await raw(head("GET /", { "X-Long": "a".repeat(20_000) })))).toBe(431);
  expect(statusOf(await raw(head("GET /", { Connection: "Upgrade", Upgrade: "websocket" })))).toBe(400);
  expect(seen).toEqual([]);
});

test("WEB-3: addresses are judged as they were sent", async () => {
  for (const target of ["//orgs", "/a/%2e%2e/orgs", "/orgs;x", "http://portal.example.net/orgs", "/a/../orgs"]) {
    expect(statusOf(await raw(head(`GET ${target}`)))).toBe(400);
  }
  expect(seen).toEqual([]);
});

test("X-8: a document is never shown at an address of the browser's router; what the router itself asks for is answered", async () => {
  const asDocument = { "Sec-Fetch-Dest": "document" };
  const response = await raw(head("GET /orgs/1/sites?search=x&_rsc=1abcd&sort=name", asDocument));
  expect(statusOf(response)).toBe(307);
  expect(response).toContain("Location: /orgs/1/sites?search=x&sort=name\r\n");
  expect(await raw(head("GET /orgs?_rsc=1abcd", asDocument))).toContain("Location: /orgs\r\n");
  expect(seen).toEqual([]);
  for (const headers of [{ RSC: "1", "Sec-Fetch-Dest": "empty" }, { "Sec-Fetch-Dest": "empty" }, {}]) {
    expect(statusOf(await raw(head("GET /orgs?_rsc=1abcd", headers as Record<string, string>)))).toBe(200);
  }
  expect(seen).toHaveLength(3);
});

test("WEB-1: a change without our origin never reaches the application", async () => {
  const length = { "Content-Length": "3" };
  expect(statusOf(await raw(head("POST /", length), "a=b"))).toBe(403);
  expect(statusOf(await raw(head("POST /", { ...length, Origin: "http://evil.example" }), "a=b"))).toBe(403);
  expect(seen).toEqual([]);
  expect(statusOf(await raw(head("POST /", { ...length, Origin: app.origin }), "a=b"))).toBe(200);
  expect(seen[0]?.body).toBe("a=b");
});

test("WEB-5: a declared body over the limit is answered 413, one of undeclared length 411", async () => {
  const declared = head("POST /", { Origin: app.origin, "Content-Length": "1200000" });
  expect(statusOf(await raw(declared, Buffer.alloc(1_200_000)))).toBe(413);
  const chunked = head("POST /", { Origin: app.origin, "Transfer-Encoding": "chunked" });
  expect(statusOf(await raw(chunked, "3\r\nabc\r\n", "0\r\n\r\n"))).toBe(411);
  expect(seen).toEqual([]);
});

test("WEB-5: whoever asks before sending a body is not told to go on with one that is refused", async () => {
  const response = await raw(head("POST /", { Origin: app.origin, "Content-Length": "1200000", Expect: "100-continue" }));
  expect(statusOf(response)).toBe(413);
  expect(response).not.toContain("100 Continue");
});

test("WEB-5: of one client's unfinished bodies only so many are taken, and each that is lost makes room", async () => {
  const unfinished = head("POST /", { Origin: app.origin, "Content-Length": "3" });
  const sockets = Array.from({ length: 20 }, () => open().on("error", () => {}));
  for (const socket of sockets) socket.write(`${unfinished}a`);
  await expect.poll(unfinishedBodies).toBe(20);
  const response = await raw(unfinished, "a=b");
  expect(statusOf(response)).toBe(503);
  expect(response).toContain("Retry-After: 5");
  expect(statusOf(await raw(head("GET /")))).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect.poll(unfinishedBodies).toBe(0);
  expect(statusOf(await raw(unfinished, "a=b"))).toBe(200);
});

test("AUD-3: the connection's own address is the last word on where a request came from", async () => {
  await raw(head("GET /", { "X-Forwarded-For": "6.6.6.6", "X-Request-Id": "mine", "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https", "X-Middleware-Subrequest": "proxy:proxy", "X-Real-IP": "6.6.6.6" }));
  const headers = seen[0]?.headers ?? {};
  expect(headers["x-forwarded-for"]).toBe("6.6.6.6, 127.0.0.1");
  expect(headers["x-forwarded-proto"]).toBe("http");
  expect(isRequestId(String(headers["x-request-id"]))).toBe(true);
  for (const name of ["x-forwarded-host", "x-middleware-subrequest", "x-real-ip"]) expect(headers).not.toHaveProperty(name);
});

test("AUD-3: a page that Next fetches from itself for an action is asked for by whoever sent the action", async () => {
  const forwarded = { "X-Forwarded-For": "192.0.2.7, 10.0.0.1" };
  await raw(head("POST /", { ...forwarded, Origin: app.origin }));
  const known = String(seen[0]?.headers["x-signalbox-loop"]);
  const repeated = { "X-Forwarded-For": String(seen[0]?.headers["x-forwarded-for"]), "X-Signalbox-Loop": known };
  await raw(head("GET /", repeated));
  expect(seen[1]?.headers["x-forwarded-for"]).toBe("192.0.2.7, 10.0.0.1, 127.0.0.1");

  for (const made of ["", "true", known.slice(1), `${known}, ${known}`]) await raw(head("GET /", { ...forwarded, "X-Signalbox-Loop": made }));
  for (const { headers } of seen.slice(2)) {
    expect(headers["x-forwarded-for"]).toBe("192.0.2.7, 10.0.0.1, 127.0.0.1");
    expect(headers["x-signalbox-loop"]).toBe(known);
  }
  expect(await raw(head("GET /", repeated))).not.toContain(known);
  const chunked = head("POST /", { Origin: app.origin, "Transfer-Encoding": "chunked", "X-Signalbox-Loop": known });
  expect(statusOf(await raw(chunked, "3\r\nabc\r\n", "0\r\n\r\n")), "an action that Next forwards").toBe(200);
});

test("TEN-5: a page that the application refuses is answered as refused, with its own words", async () => {
  const response = await raw(head("GET /refused"));
  expect(statusOf(response)).toBe(403);
  expect(response.endsWith("app")).toBe(true);
});

test("REL-5: a stopping process keeps no connection open", async () => {
  stopping = true;
  expect(await raw(head("GET /", { Connection: "keep-alive" }))).toContain("Connection: close");
});

test("AUD-3: each request leaves one line, without its query or secrets, also when it is refused", async () => {
  const response = await raw(head("GET /invite/canary?search=canary"));
  await raw(head("TRACE /"));
  expect(accesses).toEqual([
    { requestId: expect.any(String), method: "GET", path: "/invite/[secret]", status: 200, ms: expect.any(Number) },
    { requestId: expect.any(String), method: "TRACE", path: "/", status: 405, ms: expect.any(Number) },
  ]);
  expect(response).toContain(`X-Request-Id: ${accesses[0]?.requestId}`);
});

test("AUD-3: a request whose sender is gone leaves its line too", async () => {
  const socket = open();
  socket.write(`${head("POST /lost", { Origin: app.origin, "Content-Length": "9" })}a`);
  await expect.poll(unfinishedBodies).toBe(1);
  socket.destroy();
  await expect.poll(() => accesses.map(({ path }) => path)).toEqual(["/lost"]);
});

test("AUT-5: that a proxy passes requests on is noticed", async () => {
  const before = timesForwarded;
  await raw(head("GET /"));
  expect(timesForwarded).toBe(before);
  await raw(head("GET /", { "X-Forwarded-For": "192.0.2.7" }));
  expect(timesForwarded).toBe(before + 1);
});

test("each request has a context of its own, also on one connection", async () => {
  const kept = (line: string, headers = {}) => head(line, { Connection: "keep-alive", ...headers });
  const post = { Origin: app.origin, "Content-Length": "0" };
  await raw(kept("GET /a"), kept("GET /b", { RSC: "1" }), kept("POST /c", { ...post, "Next-Action": "7f" }), head("POST /d", post));
  const inOrder = [...seen].sort((one, other) => String(one.url).localeCompare(String(other.url)));
  expect(inOrder.map(({ kind }) => kind)).toEqual(["document", "payload", "action", "document"]);
  for (const { id, headers } of seen) expect(id).toBe(headers["x-request-id"]);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(4);
});

test("WEB-2: a page and the app that draws it are given the same nonce, new each time, and none that a client brings", async () => {
  const policyOf = (response: string) => /content-security-policy: (.*)\r/i.exec(response)?.[1];
  const first = policyOf(await raw(head("GET /orgs", { "Content-Security-Policy": "script-src 'nonce-mine'" })));
  const second = policyOf(await raw(head("GET /orgs")));
  expect(first).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic'/);
  expect(seen.map(({ headers }) => headers["content-security-policy"])).toEqual([first, second]);
  expect(second).not.toBe(first);
});

test("proxy.ts leaves alone what the guard has checked, whatever a client says", async () => {
  await raw(head("GET /orgs?a=b&_rsc=1x", { "X-Signalbox-Guard": "mine", "X-Path": "/mine" }));
  const marks = config.matcher.flatMap(({ missing }) => missing.map(({ key }) => key));
  expect(marks).toEqual(["x-signalbox-guard"]);
  expect(seen[0]?.headers).toMatchObject({ "x-signalbox-guard": "1", "x-path": "/orgs?a=b" });
});
