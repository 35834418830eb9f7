import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { lastLines } from "../start/supervised-process.ts";
import { projectPath, pinnedNode } from "../start/paths.ts";

/** A built Next.js app and the port to listen on. */
export type Program = { name: string; file: string; cwd: string; port: number; env: NodeJS.ProcessEnv; log: string };

export type Running = { pid: number; origin: string; coldStart: number; stop: () => Promise<void> };

const ticksPerSecond = 100;
const startTimeout = 60_000;

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const killTimer = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await once(child, "exit");
  clearTimeout(killTimer);
}

async function isUp(url: string, cookie: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { cookie }, redirect: "manual", signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Starts a server and waits for the first response with status 200. It ends with this process. */
export async function startServer(program: Program, first: { path: string; cookie: string }, flags: string[] = []): Promise<Running> {
  const { name, file, cwd, port, env, log } = program;
  const output = openSync(log, "w", 0o600);
  const startedAt = performance.now();
  const child = spawn(pinnedNode, [...flags, "--import", projectPath("scripts", "start", "parent-watch.mjs"), file], {
    cwd,
    env: { ...env, PORT: String(port), HOSTNAME: "127.0.0.1", NODE_ENV: "production" },
    stdio: ["ignore", output, output, "ipc"],
  });
  closeSync(output);
  const origin = `http://127.0.0.1:${port}`;
  while (!(await isUp(origin + first.path, first.cookie))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() - startedAt > startTimeout) {
      await stop(child);
      throw new Error(`The server of ${name} does not respond to ${first.path} with 200.\n${lastLines(log)}`);
    }
    await pause(5);
  }
  return { pid: child.pid ?? 0, origin, coldStart: performance.now() - startedAt, stop: () => stop(child) };
}

/** CPU time of a process in milliseconds, or NaN without /proc. */
export function cpuTime(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const fields = readFileSync(file, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

/** Resident memory of a process in megabytes, or NaN without /proc. */
export function residentMemory(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1]) / 1_024;
}

/** Waits until the server is idle after the previous load. */
export async function waitUntilIdle(pid: number): Promise<void> {
  for (let quiet = 0, turn = 0; quiet < 2 && turn < 30; turn += 1) {
    const before = cpuTime(pid);
    await pause(60);
    quiet = cpuTime(pid) - before >= 10 ? 0 : quiet + 1;
  }
}
