import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect } from "@playwright/test";
import { processCommand, readPostmaster } from "../../scripts/postgres/postmaster.ts";
import { projectPath } from "../../scripts/start/paths.ts";
import { freePort } from "../../scripts/start/port.ts";
import { throwawayDataFolder } from "../../scripts/start/settings.ts";

type ProcessEntry = { pid: number; parent: number };

function readProcess(pid: string): ProcessEntry[] {
  try {
    return [{ pid: Number(pid), parent: Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]) }];
  } catch {
    return [];
  }
}

function allProcesses(): ProcessEntry[] {
  if (existsSync("/proc/self/stat")) return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap(readProcess);
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => line.trim().split(/\s+/).map(Number)).map(([pid = 0, parent = 0]) => ({ pid, parent }));
}

/** The descendants of a process. */
const descendantsOf = (pid: number, all = allProcesses()): number[] =>
  all.filter(({ parent }) => parent === pid).flatMap((child) => [child.pid, ...descendantsOf(child.pid, all)]);

const commandPatterns = { web: /^next-server|standalone.server\.js/, worker: /dist.worker\.mjs/ };

export type ProcessName = keyof typeof commandPatterns | "postgres";
export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** Starts a portal on its own port with its own database, and these settings besides. */
export async function startPortal(settings: Record<string, string> = {}) {
  const port = await freePort();
  const child = spawn(process.execPath, [projectPath("scripts", "start.mjs"), "--throwaway"], {
    env: { ...process.env, ...settings, PORT: String(port), APP_URL: "", HOST: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const address = `http://localhost:${port}`;
  const isReady = async () => {
    for await (const line of createInterface(child.stdout)) if (line === `Signalbox is ready: ${address}`) return true;
    return false;
  };
  expect(await isReady(), "the portal starts").toBe(true);
  child.stdout.resume();
  const data = throwawayDataFolder(String(port));
  const answers = () => fetch(`${address}/api/health/live`).then(({ ok }) => ok, () => false);
  expect(await answers()).toBe(true);

  const pidOf = (processName: ProcessName): number => {
    if (processName === "postgres") return readPostmaster(path.join(data, "postgres"))?.pid ?? 0;
    return descendantsOf(child.pid ?? 0).find((pid) => commandPatterns[processName].test(processCommand(pid))) ?? 0;
  };
  return { child, ended, port, address, data, answers, pidOf };
}
