import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { isAlive, postmasterOf } from "../scripts/postgres/leftover.ts";
import { inside } from "../scripts/start/paths.ts";
import { freePort } from "../scripts/start/port.ts";
import { throwawayData } from "../scripts/start/settings.ts";

async function startPortal() {
  const port = await freePort(0);
  const child = spawn(process.execPath, [inside("scripts", "start.mjs"), "--throwaway"], {
    env: { ...process.env, PORT: String(port), APP_URL: "", HOST: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const address = `http://localhost:${port}`;
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => String(chunk).includes(`Signalbox is ready: ${address}`) && resolve());
  });
  const data = throwawayData(String(port));
  const answers = () => fetch(`${address}/api/health/live`).then(({ ok }) => ok, () => false);
  expect(await answers()).toBe(true);
  return { child, ended, port, data, answers, postmaster: postmasterOf(path.join(data, "postgres"))?.pid ?? 0 };
}

async function holdOpen(port: number) {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  const head = ["POST /sign-in HTTP/1.1", `Host: localhost:${port}`, `Origin: http://localhost:${port}`, "Content-Length: 9"];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  return socket;
}

test("REL-5: SIGTERM stops web, worker and Postgres within 30 s, also with a request held open", async () => {
  const portal = await startPortal();
  const socket = await holdOpen(portal.port);
  const since = Date.now();
  portal.child.kill("SIGTERM");
  const [code] = (await portal.ended) as [number];
  expect(Date.now() - since).toBeLessThan(30_000);
  expect(code).toBe(0);
  expect(await portal.answers()).toBe(false);
  expect(isAlive(portal.postmaster)).toBe(false);
  expect(existsSync(portal.data)).toBe(false);
  socket.destroy();
});

test("nothing outlives a portal whose main process was killed outright", async () => {
  const portal = await startPortal();
  portal.child.kill("SIGKILL");
  await portal.ended;
  await expect.poll(portal.answers).toBe(false);
  await expect.poll(() => isAlive(portal.postmaster)).toBe(false);
});
