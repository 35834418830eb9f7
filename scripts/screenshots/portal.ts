import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { inside, pinnedNode, root } from "../start/paths.ts";
import { nextFreePort } from "../start/port.ts";

const readyWithin = 300_000;
const host = "127.0.0.1";

/** Starts a throwaway portal with the demo world, building it first where the build is stale. */
export async function openPortal() {
  const port = await nextFreePort(4_100, host);
  const address = `http://localhost:${port}`;
  const child = spawn(pinnedNode, [inside("scripts", "start.mjs"), "--throwaway"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, PORT: String(port), APP_URL: "", HOST: "" },
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  for (const end = Date.now() + readyWithin; Date.now() < end; await pause(250)) {
    if (child.exitCode !== null) throw new Error("The portal did not start.");
    const answer = await fetch(`http://${host}:${port}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return { address, stop };
  }
  await stop();
  throw new Error("The portal was not ready in time.");
}
