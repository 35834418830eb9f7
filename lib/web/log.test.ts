import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { captureConsole, createLogger, log, logError } from "@/lib/web/log";
import { serializeError } from "@/lib/web/redact";
import { enterRequestContext, type RequestContext } from "@/lib/web/request-context";

function capture(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  write(createLogger({ level: "debug", destination }));
  return lines.join("");
}

const token = "mFq3vK8sT2xY7bN4cL9wR5zP1dG6hJ0a";

const canaries: Array<[string, (log: ReturnType<typeof createLogger>) => void]> = [
  ["a password by name", (log) => log.info({ form: { password: "canary-1" } }, "x")],
  ["a new password by name", (log) => log.info({ newPassword: "canary-1" }, "x")],
  ["a cookie", (log) => log.info({ headers: { cookie: "session=canary-1" } }, "x")],
  ["an authorization header", (log) => log.info({ headers: { authorization: "Token canary-1" } }, "x")],
  ["an email by name", (log) => log.info({ email: "canary-1" }, "x")],
  ["an email in a text", (log) => log.info("mail to canary-1@example.net failed")],
  ["a link in a text", (log) => log.info("see https://portal.example.net/invite/canary-1?next=1")],
  ["a token page in a text", (log) => log.info("GET /reset/canary-1 failed")],
  ["a bearer token in a text", (log) => log.info("Authorization: Bearer canary-1canary-1")],
  ["a database address", (log) => log.info("cannot reach postgres://app:canary-1@db/x")],
  ["a password hash", (log) => log.info("hash $argon2id$v=19$m=19456,t=2,p=1$canary-1$x")],
  ["a deep value", (log) => log.info({ a: [{ b: { token: "canary-1" } }] }, "x")],
  ["query parameters of an error", (log) => log.error(new Error("Failed query: insert\nparams: canary-1,2"), "x")],
];

test.each(canaries)("AUD-3: %s does not reach the log", (_name, write) => {
  const output = capture(write);
  expect(output).not.toBe("");
  expect(output).not.toContain("canary-1");
});

test("AUD-3: random words as long as a secret are redacted, ids are not", () => {
  const id = "0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f";
  const output = capture((log) => log.info({ orgId: id, note: `got ${token}` }, `for ${id}`));
  expect(output).not.toContain(token);
  expect(output.split(id)).toHaveLength(3);
});

test("AUD-3: line breaks, escape sequences and bidirectional marks cannot forge or hide a line", () => {
  const output = capture((log) => log.info({ name: "a\r\n{\"level\":\"fatal\"}\u001b[2J\u009b1m\u202e\u2028b" }, "x\ny"));
  expect(output.trimEnd().split("\n")).toHaveLength(1);
  // oxlint-disable-next-line no-control-regex -- these characters must not occur
  expect(output.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]|\\[rn]|\\u001b/);
  expect(JSON.parse(output)).toMatchObject({ level: "info", msg: "x y" });
});

test("AUD-3: every line has a UTC timestamp", () => {
  expect(JSON.parse(capture((log) => log.info("x"))).time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test("AUD-3: a database error keeps code, constraint and stack and loses the values", () => {
  const cause = Object.assign(new Error('invalid input syntax for type uuid: "canary-1"'), {
    name: "PostgresError", code: "22P02", constraint_name: "sites_name", parameters: ["canary-1"], detail: "Key (name)=(canary-1)",
  });
  const record = serializeError(new Error("Failed query: select 1\nparams: canary-1", { cause }));
  expect(JSON.stringify(record)).not.toContain("canary-1");
  expect(record).toMatchObject({ message: "Failed query: select 1", cause: { code: "22P02", constraint: "sites_name" } });
  expect(record.stack?.[0]).toMatch(/^at /);
});

test("WEB-5: an error gets one id, which is its digest when it has one", () => {
  expect(log().level).toBe("silent");
  expect(logError(Object.assign(new Error("x"), { digest: "1234567890" }))).toBe("1234567890");
  const error = new Error("y");
  expect(logError(error)).toMatch(/^[\da-f]{12}$/);
  expect(logError(error)).toBe(logError(error));
  expect(logError("z")).not.toBe(logError("z"));
});

/** The log lines that this work writes. */
function processLog(work: () => void): Record<string, unknown>[] {
  const output = capture((opened) => {
    Object.assign(globalThis, { signalboxLog: opened });
    const release = captureConsole();
    work();
    release();
    Reflect.deleteProperty(globalThis, "signalboxLog");
  });
  return output.split("\n").filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("AUD-3: what is written to the console is a line of the log, without secrets, and an error is there once", () => {
  const error = new Error("Failed query: select 1\nparams: canary-1");
  const lines = processLog(() => {
    console.log("ready in %s", "1 s");
    console.warn("see https://portal.example.net/invite/canary-1");
    console.error("failed:", error);
    logError(error);
  });
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([["info", "ready in 1 s"], ["warn", "see [link]"], ["error", "Unexpected error"]]);
  expect(JSON.stringify(lines)).not.toContain("canary-1");
});

const contexts: [RequestContext, string][] = [
  [{ id: "1", kind: "action", method: "POST" }, "warn"],
  [{ id: "1", kind: "document", method: "POST" }, "warn"],
  [{ id: "1", kind: "document", method: "POST", isHandled: true }, "error"],
  [{ id: "1", kind: "document", method: "GET" }, "error"],
  [{ id: "1", kind: "payload", method: "GET" }, "error"],
];

test.each(contexts)("WEB-5: an error of the request %j is logged as %s, and what cannot be read is cut short", (context, level) => {
  const [line] = processLog(() => {
    enterRequestContext(context);
    console.error(new Error("x ".repeat(5_000)));
  });
  expect(line).toMatchObject({ level, requestId: "1" });
  if (level === "warn") expect(JSON.stringify(line).length).toBeLessThan(500);
});
