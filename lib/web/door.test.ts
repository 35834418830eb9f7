import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Access, openDoor } from "@/lib/web/door";
import { printed } from "@/lib/shared/printing";
import { siteAt } from "@/lib/web/origin";
import { isRequestId } from "@/lib/web/request";
import { setResponseStatus } from "@/lib/web/response-status";
import { config } from "@/proxy";

type Seen = { method?: string; url?: string; headers: IncomingHttpHeaders; body: string; prints: boolean };

const site = siteAt("http://portal.example.net");
const accesses: Access[] = [];
let seen: Seen[] = [];
let stopping = false;
let toldOfProxy = 0;
let server: Server;
let closeDoor: () => void;

/** The application behind the door: remembers what it was shown, and does what its address says. */
async function answer(request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(chunks).toString(), prints: printed() !== undefined });
  if (url === "/vary") response.setHeader("Vary", "rsc");
  if (url === "/outage") setResponseStatus(503, { retryAfterSeconds: 5 });
  if (url === "/refused") setResponseStatus(403);
  if (url === "/outage" || url === "/bug") response.statusCode = 500;
  if (url?.startsWith("/page")) {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.statusCode = 500;
    response.write("<html>canary");
  }
  response.end("app");
}

beforeAll(async () => {
  closeDoor = openDoor({
    site,
    isStopping: () => stopping,
    onAccess: (access) => accesses.push(access),
    onForwarded: () => (toldOfProxy += 1),
  });
  server = createServer((request, response) => void answer(request, response));
  server.on("upgrade", (_request, socket) => socket.end("upgraded"));
  await once(server.listen(0, "127.0.0.1"), "listening");
});

afterAll(() => {
  closeDoor();
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  seen = [];
  accesses.length = 0;
  stopping = false;
});

/** Sends bytes as they are and reads until the server closes. */
async function raw(...parts: Array<string | Buffer>): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  for (const part of parts) socket.write(part);
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

const head = (line: string, headers: Record<string, string> = {}) => {
  const all = { Host: site.host, Connection: "close", ...headers };
  return `${line} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
};

const statusOf = (answer: string) => Number(answer.split(" ")[1]);

test("WEB-2: the headers are on whatever the application answers", async () => {
  const answer = await raw(head("GET /orgs"));
  expect(statusOf(answer)).toBe(200);
  for (const line of ["X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Cache-Control: private, no-store"]) {
    expect(answer).toContain(line);
  }
  expect(answer).toMatch(/Content-Security-Policy: default-src 'self'; script-src 'self' 'nonce-/);
});

test.each(["TRACE", "PROPFIND", "DELETE"])("WEB-5: %s is answered 405 and never reaches the application", async (method) => {
  const answer = await raw(head(`${method} /`));
  expect(statusOf(answer)).toBe(405);
  expect(answer).toContain("Allow: GET, HEAD, POST");
  expect(seen).toEqual([]);
});

test("WEB-5: a method nobody knows and CONNECT are answered 405, with the headers of every answer", async () => {
  for (const line of ["FOO /", "CONNECT portal.example.net:443"]) {
    const answer = await raw(head(line));
    expect(statusOf(answer)).toBe(405);
    expect(answer).toContain("X-Content-Type-Options: nosniff");
  }
});

test("WEB-5: what is not HTTP is answered 400, too large a header 431, an upgrade 400", async () => {
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

test("WEB-1: a change without our origin never reaches the application", async () => {
  const body = { "Content-Length": "3" };
  expect(statusOf(await raw(head("POST /", body), "a=b"))).toBe(403);
  expect(statusOf(await raw(head("POST /", { ...body, Origin: "http://evil.example" }), "a=b"))).toBe(403);
  expect(seen).toEqual([]);
  expect(statusOf(await raw(head("POST /", { ...body, Origin: site.origin }), "a=b"))).toBe(200);
  expect(seen[0]?.body).toBe("a=b");
});

test("WEB-5: a declared body over the limit is answered 413", async () => {
  const answer = await raw(head("POST /", { Origin: site.origin, "Content-Length": "1200000" }), Buffer.alloc(1_200_000));
  expect(statusOf(answer)).toBe(413);
  expect(seen).toEqual([]);
});

const chunked = { Origin: site.origin, "Transfer-Encoding": "chunked" };
const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"a".repeat(bytes)}\r\n`;

test("WEB-5: a body of undeclared length is whole when it arrives", async () => {
  expect(statusOf(await raw(head("POST /", chunked), chunk(70_000), chunk(3), "0\r\n\r\n"))).toBe(200);
  expect(seen[0]?.body).toHaveLength(70_003);
  expect(statusOf(await raw(head("POST /", chunked), "0\r\n\r\n"))).toBe(200);
});

test("WEB-5: a body of undeclared length over the limit is answered 413", async () => {
  const answer = await raw(head("POST /", chunked), chunk(700_000), chunk(700_000), "0\r\n\r\n");
  expect(statusOf(answer)).toBe(413);
  expect(seen).toEqual([]);
});

test("WEB-5: a body that does not end is cut off", async () => {
  const answer = await raw(head("POST /", chunked), ...Array.from({ length: 20 }, () => chunk(1_000_000))).catch(() => "");
  expect(answer).not.toContain("200 OK");
  expect(seen).toEqual([]);
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

test("AUD-3: a page that the process fetches from itself for an action is asked for by whoever sent the action", async () => {
  const forwarded = { "X-Forwarded-For": "192.0.2.7, 10.0.0.1" };
  await raw(head("POST /", { ...forwarded, Origin: site.origin }));
  const known = String(seen[0]?.headers["x-signalbox-inner"]);
  const fetched = { "X-Forwarded-For": String(seen[0]?.headers["x-forwarded-for"]), "X-Signalbox-Inner": known };
  await raw(head("GET /", fetched));
  expect(seen[1]?.headers["x-forwarded-for"]).toBe("192.0.2.7, 10.0.0.1, 127.0.0.1");

  for (const made of ["", "true", known.slice(1), `${known}, ${known}`]) await raw(head("GET /", { ...forwarded, "X-Signalbox-Inner": made }));
  for (const { headers } of seen.slice(2)) {
    expect(headers["x-forwarded-for"]).toBe("192.0.2.7, 10.0.0.1, 127.0.0.1");
    expect(headers["x-signalbox-inner"]).toBe(known);
  }
  expect(await raw(head("GET /", fetched))).not.toContain(known);
});

test("REL-3: an error for want of the database is answered 503, any other 500", async () => {
  const answer = await raw(head("GET /outage"));
  expect(statusOf(answer)).toBe(503);
  expect(answer).toContain("Retry-After: 5");
  expect(statusOf(await raw(head("GET /bug")))).toBe(500);
});

test("TEN-5: a page that the application refuses is answered as refused, with its own words", async () => {
  const answer = await raw(head("GET /refused"));
  expect(statusOf(answer)).toBe(403);
  expect(answer.endsWith("app")).toBe(true);
});

test("WEB-4: an answer varies by cookie, whatever the application makes of the header", async () => {
  expect(await raw(head("GET /vary"))).toContain("Vary: Cookie, rsc\r\n");
  expect(await raw(head("GET /_next/static/a.js"))).not.toContain("Vary");
});

test("WEB-5: a page that failed is replaced by one that is complete without script and shows the error's id", async () => {
  const answer = await raw(head("GET /page"));
  const id = /X-Request-Id: (\S+)/.exec(answer)?.[1];
  expect(statusOf(answer)).toBe(500);
  expect(answer).not.toMatch(/canary|<script/);
  expect(answer).toContain(`Error ${id}`);
  expect(answer).toContain('<a href="">Try again</a>');
  const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(answer)?.[1];
  expect(answer).toContain(`<style nonce="${nonce}">`);
  const [, body = ""] = answer.split("\r\n\r\n", 2);
  expect(answer).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
});

test("REL-5: a stopping process keeps no connection open", async () => {
  stopping = true;
  const answer = await raw(head("GET /", { Connection: "keep-alive" }));
  expect(answer).toContain("Connection: close");
});

test("AUD-3: each request leaves one line, without its query or secrets", async () => {
  const answer = await raw(head("GET /invite/canary?search=canary"));
  expect(accesses).toEqual([
    { requestId: expect.any(String), method: "GET", path: "/invite/[secret]", status: 200, ms: expect.any(Number) },
  ]);
  expect(answer).toContain(`X-Request-Id: ${accesses[0]?.requestId}`);
});

test("AUT-5: a proxy that nobody trusts is noticed once, so that its address is not taken for everybody's unseen", async () => {
  for (let requests = 0; requests < 3; requests += 1) await raw(head("GET /", { "X-Forwarded-For": "192.0.2.7" }));
  expect(toldOfProxy).toBe(1);
});

test("only a document prints its markup, by itself alone; a page that is there already gets data", async () => {
  await raw(head("GET /orgs"));
  await raw(head("GET /orgs", { RSC: "1" }));
  await raw(head("POST /orgs", { "Next-Action": "7f", Origin: site.origin, "Content-Length": "0" }));
  await raw(head("POST /orgs", { Origin: site.origin, "Content-Length": "0" }));
  expect(seen.map(({ prints }) => prints)).toEqual([true, false, false, true]);
  expect(printed()).toBeUndefined();
});

test("WEB-2: a page and the app that draws it are given the same nonce, new each time, and none that a client brings", async () => {
  const policyOf = (answer: string) => /content-security-policy: (.*)\r/i.exec(answer)?.[1];
  const first = policyOf(await raw(head("GET /orgs", { "Content-Security-Policy": "script-src 'nonce-mine'" })));
  const second = policyOf(await raw(head("GET /orgs")));
  expect(first).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic'/);
  expect(seen.map(({ headers }) => headers["content-security-policy"])).toEqual([first, second]);
  expect(second).not.toBe(first);
});

test("what came through the door is spared the same rules once more, whatever it says of itself", async () => {
  await raw(head("GET /orgs?a=b&_rsc=1x", { "X-Signalbox-Door": "mine", "X-Path": "/mine" }));
  const marks = config.matcher.flatMap(({ missing }) => missing.map(({ key }) => key));
  expect(marks).toEqual(["x-signalbox-door"]);
  expect(seen[0]?.headers).toMatchObject({ "x-signalbox-door": "1", "x-path": "/orgs?a=b" });
});
