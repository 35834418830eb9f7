import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseAppUrl } from "@/lib/web/app-origin";
import { installHttpGuard } from "@/lib/web/http-guard";
import { createLogger } from "@/lib/web/log";
import { logAccess } from "@/lib/web/startup";

const lines: string[] = [];
const destination = new Writable({
  write(chunk, _encoding, done) {
    lines.push(String(chunk));
    done();
  },
});

let server: Server;
let uninstall: () => void;

beforeAll(async () => {
  Object.assign(globalThis, { signalboxLog: createLogger({ level: "info", destination }) });
  uninstall = installHttpGuard({ app: parseAppUrl("http://portal.example.net"), onAccess: logAccess });
  server = createServer((_, response) => response.end("a page"));
  await once(server.listen(0, "127.0.0.1"), "listening");
});

afterAll(() => {
  uninstall();
  server.close();
  Reflect.deleteProperty(globalThis, "signalboxLog");
});

/** The log line of a completed request. */
async function lineOf(method: string, path: string): Promise<string> {
  lines.length = 0;
  const { port } = server.address() as AddressInfo;
  const headers = { host: "portal.example.net", origin: "http://portal.example.net", referer: `http://portal.example.net${path}` };
  const [answer] = await once(request({ port, host: "127.0.0.1", method, path, headers }).end(), "response");
  answer.resume();
  await expect.poll(() => lines.length).toBe(1);
  return lines.join("");
}

const secret = "mFq3vK8sT2xY7bN4cL9wR5zP1dG6hJ0aQeUi_-XyZ12";

test.each([
  ["GET", `/verify/email/${secret}`],
  ["POST", `/verify/email/${secret}`],
  ["GET", `/verify/email/${secret}?utm=${secret}`],
  ["GET", `/verify/email/${secret}.`],
  ["GET", `/verify/email/short-1`],
  ["GET", `/verify/${secret}`],
  ["GET", `/reset/${secret}`],
  ["GET", `/invite/${secret}`],
  ["GET", `/enroll/${secret}`],
])("LNK-9, AUD-3: the log has a line of %s %s, and nothing of the secret", async (method, path) => {
  const line = await lineOf(method, path);
  expect(JSON.parse(line)).toMatchObject({ method, status: 200, msg: "Request", path: expect.stringMatching(/^\/(verify|reset|invite|enroll)\/\[secret\]/) });
  for (const part of [secret, secret.slice(0, 12), "short-1"]) expect(line).not.toContain(part);
});
