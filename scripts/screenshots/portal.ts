import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Sql } from "postgres";
import { setTimeout as pause } from "node:timers/promises";
import { fakeGoogle } from "../../lib/integrations/fake-google.ts";
import { inside, pinnedNode, root } from "../start/paths.ts";
import { nextFreePort } from "../start/port.ts";
import { inThrowaway } from "../test/throwaway.ts";

/** Does beside the portal, in its database, what none of its pages can do. */
export type Beside = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

const readyWithin = 300_000;
const host = "127.0.0.1";

/** Starts a throwaway portal with the demo world, building it first where the build is stale; Google is set up there or not. */
export async function openPortal({ withGoogle = true } = {}) {
  const port = await nextFreePort(4_170, host);
  const address = `http://localhost:${port}`;
  const google = await fakeGoogle();
  const set = { GOOGLE_ISSUER: google.issuer, GOOGLE_CLIENT_ID: "signalbox", GOOGLE_CLIENT_SECRET: "known-to-the-stand-in" };
  const registered = withGoogle ? set : {};
  const child = spawn(pinnedNode, [inside("scripts", "start.mjs"), "--throwaway"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, PORT: String(port), APP_URL: "", HOST: "", ...registered },
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const exit = once(child, "exit");
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode === null) child.kill("SIGTERM");
    await exit;
    await google.close();
  };
  const beside: Beside = (work) => inThrowaway(String(port), work);
  /** Fails when the portal ends before the pictures are taken. */
  const whileRunning = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([work, exit.then(() => Promise.reject(new Error("The portal ended before its pictures were taken.")))]);
  for (const end = Date.now() + readyWithin; Date.now() < end; await pause(250)) {
    if (child.exitCode !== null) throw new Error("The portal did not start.");
    const answer = await fetch(`http://${host}:${port}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return { address, beside, stop, whileRunning };
  }
  await stop();
  throw new Error("The portal was not ready in time.");
}
