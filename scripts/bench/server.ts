import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { lastLines } from "../start/child.ts";
import { inside, pinnedNode } from "../start/paths.ts";

/** A built Next application, and where it is to listen. */
export type Program = { name: string; file: string; cwd: string; port: number; env: NodeJS.ProcessEnv; log: string };

export type Running = { pid: number; address: string; coldStart: number; stop: () => Promise<void> };

const ticksPerSecond = 100;
const patience = 60_000;

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await once(child, "exit");
  clearTimeout(late);
}

async function answered(url: string, cookie: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { headers: { cookie }, redirect: "manual", signal: AbortSignal.timeout(10_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** Starts a server and waits for the first page it answers with 200. It never outlives this process. */
export async function startServer(program: Program, first: { path: string; cookie: string }, flags: string[] = []): Promise<Running> {
  const { name, file, cwd, port, env, log } = program;
  const output = openSync(log, "w", 0o600);
  const began = performance.now();
  const child = spawn(pinnedNode, [...flags, "--import", inside("scripts", "start", "leash.mjs"), file], {
    cwd,
    env: { ...env, PORT: String(port), HOSTNAME: "127.0.0.1", NODE_ENV: "production" },
    stdio: ["ignore", output, output, "ipc"],
  });
  closeSync(output);
  const address = `http://127.0.0.1:${port}`;
  while (!(await answered(address + first.path, first.cookie))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() - began > patience) {
      await stop(child);
      throw new Error(`The server of ${name} does not answer ${first.path} with 200.\n${lastLines(log)}`);
    }
    await pause(5);
  }
  return { pid: child.pid ?? 0, address, coldStart: performance.now() - began, stop: () => stop(child) };
}

/** Milliseconds of processor time a process has used, or NaN where the system does not say. */
export function processorTime(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const fields = readFileSync(file, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

/** Megabytes of memory a process holds, or NaN where the system does not say. */
export function memoryOf(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1]) / 1_024;
}

/** Waits until a server has nothing left to do from the load before. */
export async function drain(pid: number): Promise<void> {
  for (let quiet = 0, turn = 0; quiet < 2 && turn < 30; turn += 1) {
    const before = processorTime(pid);
    await pause(60);
    quiet = processorTime(pid) - before >= 10 ? 0 : quiet + 1;
  }
}
