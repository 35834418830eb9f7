import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";
import { ownerUrl } from "../../scripts/postgres/cluster.ts";
import { projectPath, pinnedNode } from "../../scripts/start/paths.ts";
import { freePort } from "../../scripts/start/port.ts";
import { throwawaySettings, buildEnvironment, throwawayDataFolder, trialSecret } from "../../scripts/start/settings.ts";

const standalone = projectPath(".next", "standalone");

/** Starts a second web process on the same database, like a second machine behind a load balancer. */
export async function startSecondWeb() {
  const data = throwawayDataFolder(process.env.E2E_PORT);
  const port = await freePort();
  const settings = { ...throwawaySettings(), APP_URL: undefined, SIGNALBOX_SECRET: trialSecret(data) };
  const env = buildEnvironment(settings, { url: ownerUrl(data), port, host: "127.0.0.1", trial: true, data });
  const child = spawn(pinnedNode, ["server.js"], { cwd: standalone, env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  const address = `http://localhost:${port}`;
  const ready = () =>
    fetch(`${address}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(ready, { message: "the second web process", timeout: 30_000 }).toBe(true);
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { address, stop };
}
