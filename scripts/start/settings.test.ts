import { once } from "node:events";
import { mkdtempSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { nextFreePort } from "./port.ts";
import { choosePort, refuseWithoutMail, surroundings, trialSecret } from "./settings.ts";

const here = "127.0.0.1";
const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, here);
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const place = { url: "postgres://a:b@127.0.0.1/c", port: 4321, host: here, data: mkdtempSync(path.join(tmpdir(), "signalbox ")) };

test("a taken port that was asked for is named, with what to do", async () => {
  const port = await takenPort();
  await expect(choosePort(String(port), here)).rejects.toThrow(`Port ${port} is taken. Stop what uses it, or set PORT`);
  await expect(choosePort("http", here)).rejects.toThrow("PORT is http; it must be a number from 1 to 65535.");
});

test("a taken port that nobody asked for is passed over", async () => {
  const port = await takenPort();
  expect(await nextFreePort(port, here)).toBeGreaterThan(port);
});

test("CRY-3: a trial makes its secret once and keeps it from others; without a trial one must be given", () => {
  const secret = trialSecret(place.data);
  expect(trialSecret(place.data)).toBe(secret);
  expect(statSync(path.join(place.data, "secret")).mode & 0o777).toBe(0o600);
  expect(surroundings({}, { ...place, trial: true }).SIGNALBOX_SECRET).toBe(secret);
  expect(() => surroundings({}, { ...place, trial: false })).toThrow("SIGNALBOX_SECRET is missing; make one with:");
});

test("an installation without a way for its mail does not start", () => {
  expect(() => refuseWithoutMail({ SMTP_URL: undefined })).toThrow("SMTP_URL or RESEND_API_KEY is missing");
  expect(() => refuseWithoutMail({ SMTP_URL: "smtp://mail.test" })).not.toThrow();
});

test("the trial's pages are on the trial only, whatever was asked for", () => {
  const asked = { TRIAL: "1", SIGNALBOX_SECRET: trialSecret(place.data) };
  expect(surroundings(asked, { ...place, trial: false })).toMatchObject({ TRIAL: "", APP_URL: "http://localhost:4321" });
  expect(surroundings(asked, { ...place, trial: true })).toMatchObject({ TRIAL: "1", NODE_ENV: "production" });
});
