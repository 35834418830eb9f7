import { once } from "node:events";
import { mkdtempSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { nextFreePort } from "./port.ts";
import { choosePort, assertMailTransport, buildEnvironment, trialSecret } from "./settings.ts";

const host = "127.0.0.1";
const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, host);
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const options = { url: "postgres://a:b@127.0.0.1/c", port: 4321, host, data: mkdtempSync(path.join(tmpdir(), "signalbox ")) };

test("a configured port in use is an error that says what to do", async () => {
  const port = await takenPort();
  await expect(choosePort(String(port), host)).rejects.toThrow(`Port ${port} is in use. Stop the program that uses it, or set PORT`);
  await expect(choosePort("http", host)).rejects.toThrow("PORT is http; it must be a number from 1 to 65535.");
});

test("without a configured port, a port in use is skipped", async () => {
  const port = await takenPort();
  expect(await nextFreePort(port, host)).toBeGreaterThan(port);
});

test("CRY-3: a trial creates its secret once, readable only by its user; any other installation must set one", () => {
  const secret = trialSecret(options.data);
  expect(trialSecret(options.data)).toBe(secret);
  expect(statSync(path.join(options.data, "secret")).mode & 0o777).toBe(0o600);
  expect(buildEnvironment({}, { ...options, trial: true }).SIGNALBOX_SECRET).toBe(secret);
  expect(() => buildEnvironment({}, { ...options, trial: false })).toThrow("SIGNALBOX_SECRET is missing; make one with:");
});

test("an installation without a mail transport does not start", () => {
  expect(() => assertMailTransport({ SMTP_URL: undefined })).toThrow("SMTP_URL or RESEND_API_KEY is missing");
  expect(() => assertMailTransport({ SMTP_URL: "smtp://mail.test" })).not.toThrow();
});

test("TRIAL is set only by a trial installation, whatever the environment says", () => {
  const environment = { TRIAL: "1", SIGNALBOX_SECRET: trialSecret(options.data) };
  expect(buildEnvironment(environment, { ...options, trial: false })).toMatchObject({ TRIAL: "", APP_URL: "http://localhost:4321" });
  expect(buildEnvironment(environment, { ...options, trial: true })).toMatchObject({ TRIAL: "1", NODE_ENV: "production" });
});
