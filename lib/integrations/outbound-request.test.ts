import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:net";
import type { Writable } from "node:stream";
import { afterAll, afterEach, expect, test } from "vitest";
import { outboundRequest, OutboundError, type OutboundPolicy } from "@/lib/integrations/outbound-request";
import { localHttps } from "@/lib/testing/local-https";

const name = "capture.example.test";
let answer: RequestListener = (_request, response) => response.end("ok");
let hits = 0;
const sink = await localHttps((request, response) => {
  hits += 1;
  answer(request, response);
}, [name]);

afterAll(sink.close);
afterEach(() => {
  hits = 0;
  answer = (_request, response) => response.end("ok");
});

const loopback = { address: "127.0.0.1", family: 4 };
const closed: OutboundPolicy = { networks: [], ports: [sink.port], resolve: async () => [loopback] };
const open: OutboundPolicy = { ...closed, networks: ["127.0.0.1/32"] };
const url = `https://${name}:${sink.port}/path?query=1`;
const quick = { timeoutMs: 1_000 };

const failureOf = (at: string, policy: OutboundPolicy, options = {}) =>
  outboundRequest(at, { ...quick, ...options }, policy).then(
    () => "an answer",
    (error: unknown) => (error instanceof OutboundError ? error : `not an OutboundError: ${String(error)}`),
  );
const expectFailure = async (reason: string, ...call: Parameters<typeof failureOf>) => expect(await failureOf(...call)).toMatchObject({ reason });

test("WHK-2: a request goes to the checked address, with the name of the URL for TLS and Host", async () => {
  let seen = {};
  answer = ({ method, url: path, headers: { host } }, response) => {
    seen = { method, path, host };
    response.setHeader("X-Made-By", "sink").end("ok");
  };
  const response = await outboundRequest(url, { method: "POST", body: "{}" }, open);
  expect({ ...response, body: response.body.toString() }).toMatchObject({ status: 200, body: "ok", headers: { "x-made-by": "sink" } });
  expect(seen).toEqual({ method: "POST", path: "/path?query=1", host: `${name}:${sink.port}` });
});

const spellings = [
  "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.", "0", "0.0.0.0", "localhost", "LOCALHOST", "localhost.",
  "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::]", "１２７.0.0.1", "127。0。0。1", "①②⑦.⓪.⓪.①", "%31%32%37.0.0.1",
];

test.each(spellings)("WHK-2: https://%s leads to no connection", async (host) => {
  await expectFailure("address", `https://${host}:${sink.port}/`, closed);
  expect(hits).toBe(0);
});

test.each([
  `http://${name}:${sink.port}/`, `ftp://${name}/`, "file:///etc/passwd", "data:text/plain,a", `https://user:password@${name}:${sink.port}/`, `https://user@${name}:${sink.port}/`,
  "https://", "", "not a URL", `//${name}/`, `https://${name}:22/`, `https://${name}/`, `https://${name}:0/`, `https://${name}:99999/`,
])("WHK-3: %s is refused before its name is resolved", async (at) => {
  let resolved = 0;
  const resolve = async () => {
    resolved += 1;
    return [loopback];
  };
  await expectFailure("address", at, { ...open, resolve });
  expect([resolved, hits]).toEqual([0, 0]);
});

test("WHK-2: one refused address among the addresses of a name refuses the name", async () => {
  const resolve = async () => [loopback, { address: "127.0.0.2", family: 4 }];
  await expectFailure("address", url, { ...open, resolve });
  await expectFailure("address", url, { ...open, resolve: async () => [] });
  expect(hits).toBe(0);
});

test("WHK-2: a name that is answered differently the second time is not resolved a second time", async () => {
  const other = createServer((socket) => socket.destroy());
  let strangers = 0;
  other.on("connection", () => (strangers += 1)).listen(sink.port, "127.0.0.2");
  await once(other, "listening");
  const answers = [[loopback], [{ address: "127.0.0.2", family: 4 }]];
  let asked = 0;
  const policy = { ...open, resolve: async () => answers[asked++] ?? [] };
  expect((await outboundRequest(url, {}, policy)).status).toBe(200);
  expect([asked, hits, strangers]).toEqual([1, 1, 0]);
  other.close();
});

test("WHK-3: a redirect is an answer and is not followed", async () => {
  answer = (_request, response) => response.writeHead(302, { Location: `https://${name}:${sink.port}/elsewhere` }).end();
  expect((await outboundRequest(url, {}, open)).status).toBe(302);
  expect(hits).toBe(1);
});

test("WHK-3: an answer that is too long is cut off", async () => {
  let sent = 0;
  answer = (_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(16_384))) sent += 16_384;
    };
    response.on("drain", more);
    more();
  };
  await expectFailure("size", url, open, { maxBytes: 100_000 });
  expect(sent).toBeLessThan(8 * 1024 * 1024);
});

test("WHK-3: a compressed answer is not unpacked, and an answer at the limit is whole", async () => {
  answer = ({ headers }, response) => response.end(`${headers["accept-encoding"]}${"x".repeat(92)}`);
  expect((await outboundRequest(url, { maxBytes: 100 }, open)).body.toString()).toMatch(/^identityx{92}$/);
});

/** Writes a byte ten times a second until the other side has gone. */
function drip(to: Writable): void {
  const timer = setInterval(() => to.write("x"), 100);
  to.on("close", () => clearInterval(timer)).on("error", () => undefined);
}

test.each<[string, RequestListener]>([
  ["no headers", () => {}],
  ["headers that arrive byte by byte", ({ socket }) => drip(socket)],
  ["a body that never ends", (_request, response) => void response.write("x")],
  ["a body that arrives byte by byte", (_request, response) => drip(response)],
])("WHK-3: the time limit ends %s", async (_name, slow) => {
  answer = slow;
  const begun = performance.now();
  const failure = await failureOf(url, open);
  expect(failure).toBeInstanceOf(OutboundError);
  expect(performance.now() - begun).toBeLessThan(quick.timeoutMs + 1_000);
});

test("WHK-3: the time limit covers a name that is not answered", async () => {
  await expectFailure("timeout", url, { ...open, resolve: () => new Promise(() => {}) });
});

test("WHK-3: headers beyond 16 kB, another protocol and a closed connection are failures", async () => {
  answer = (_request, response) => response.setHeader("X-Long", "x".repeat(20_000)).end();
  await expectFailure("connection", url, open);
  answer = ({ socket }) => void socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n");
  await expectFailure("connection", url, open);
  answer = ({ socket }) => void socket.destroy();
  await expectFailure("connection", url, open);
});

test("WHK-2: the certificate must be valid for the name of the URL", async () => {
  await expectFailure("connection", `https://another.example.test:${sink.port}/`, open);
  expect(hits).toBe(0);
});

/** The text of a failure, and after how many milliseconds it came. */
async function shownFailure(at: string, policy: OutboundPolicy) {
  const begun = performance.now();
  const failure = await failureOf(at, policy);
  return { message: failure instanceof Error ? failure.message : failure, after: performance.now() - begun };
}

const textsOf = (failures: Awaited<ReturnType<typeof shownFailure>>[]) => [...new Set(failures.map(({ message }) => message))];
const timesOf = (failures: Awaited<ReturnType<typeof shownFailure>>[]) => failures.map(({ after }) => after);

test("WHK-4: open, closed and silent ports, unknown names and refused addresses fail with one text after one time", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  const plain = createServer((socket) => void socket.end("220 mail\r\n")).listen(0, "127.0.0.1");
  await Promise.all([once(silent, "listening"), once(plain, "listening")]);
  const portOf = (server: typeof silent) => (server.address() as { port: number }).port;
  const ports = [portOf(silent), portOf(plain), 9];
  const unknown = async () => {
    throw Object.assign(new Error("canary"), { code: "ENOTFOUND" });
  };
  const policy = { ...open, ports: [...ports, sink.port] };
  const failures = await Promise.all([
    ...ports.map((port) => shownFailure(`https://${name}:${port}/`, policy)),
    shownFailure(url, { ...policy, resolve: unknown }),
    shownFailure(url, { ...policy, resolve: async () => [{ address: "127.0.0.3", family: 4 }] }),
    shownFailure(`https://another.example.test:${sink.port}/`, policy),
  ]);
  silent.close();
  plain.close();
  expect(textsOf(failures)).toEqual(["There was no usable answer from this address"]);
  expect(Math.min(...timesOf(failures))).toBeGreaterThan(quick.timeoutMs - 50);
  expect(Math.max(...timesOf(failures)) - Math.min(...timesOf(failures))).toBeLessThan(500);
});

test("WHK-4: without allowed networks, open and closed ports of a private address are refused alike, before any connection", async () => {
  const failures = await Promise.all([sink.port, 9].map((port) => shownFailure(`https://127.0.0.1:${port}/`, { ...closed, ports: [sink.port, 9] })));
  expect(textsOf(failures)).toEqual(["There was no usable answer from this address"]);
  expect(Math.max(...timesOf(failures))).toBeLessThan(quick.timeoutMs);
  expect(hits).toBe(0);
});
