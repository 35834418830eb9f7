import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import { commandOf, postmasterOf } from "../../scripts/postgres/leftover.ts";
import { inside } from "../../scripts/start/paths.ts";
import { freePort } from "../../scripts/start/port.ts";
import { throwawayData } from "../../scripts/start/settings.ts";

const parentOf = (pid: number) => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
  } catch {
    return 0;
  }
};

/** The processes that one has started, and those that they have. */
function below(pid: number): number[] {
  const everybody = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
  return everybody.filter((one) => parentOf(one) === pid).flatMap((child) => [child, ...below(child)]);
}

const programs = { web: /^next-server|standalone.server\.js/, worker: /dist.worker\.mjs/ };

export type Victim = keyof typeof programs | "postgres";
export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** A portal of the test's own on a port and a database of its own. */
export async function startPortal() {
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

  const pidOf = (victim: Victim): number => {
    if (victim === "postgres") return postmasterOf(path.join(data, "postgres"))?.pid ?? 0;
    return below(child.pid ?? 0).find((pid) => programs[victim].test(commandOf(pid))) ?? 0;
  };
  return { child, ended, port, address, data, answers, pidOf };
}
