import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "@playwright/test";
import { isProcessAlive } from "../scripts/postgres/postmaster.ts";
import { startPortal } from "./setup/portal.ts";

async function holdOpen(port: number) {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  const head = ["POST /sign-in HTTP/1.1", `Host: localhost:${port}`, `Origin: http://localhost:${port}`, "Content-Length: 9"];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  return socket;
}

test("REL-5: SIGTERM stops web, worker and Postgres within 30 s, also with a request held open", async () => {
  const portal = await startPortal();
  const postmaster = portal.pidOf("postgres");
  const socket = await holdOpen(portal.port);
  const since = Date.now();
  portal.child.kill("SIGTERM");
  const [code] = (await portal.ended) as [number];
  expect(Date.now() - since).toBeLessThan(30_000);
  expect(code).toBe(0);
  expect(await portal.answers()).toBe(false);
  expect(isProcessAlive(postmaster)).toBe(false);
  expect(existsSync(portal.data)).toBe(false);
  socket.destroy();
});

test("nothing outlives a portal whose main process was killed outright", async () => {
  const portal = await startPortal();
  const postmaster = portal.pidOf("postgres");
  portal.child.kill("SIGKILL");
  await portal.ended;
  await expect.poll(portal.answers).toBe(false);
  await expect.poll(() => isProcessAlive(postmaster)).toBe(false);
});
