import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const pidFile = (data: string) => path.join(data, "postmaster.pid");

/** Process id of a postmaster, and whether it accepts connections. */
export function readPostmaster(data: string): { pid: number; ready: boolean } | undefined {
  if (!existsSync(pidFile(data))) return undefined;
  const lines = readFileSync(pidFile(data), "utf8").split("\n");
  return { pid: Number(lines[0]), ready: lines[7]?.trim() === "ready" };
}

/** Whether a process with this id exists. */
export function isProcessAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process, or an empty string when it has exited. */
export function processCommand(pid: number): string {
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** Process ids are reused, so the id in the file alone proves nothing. */
function serves(pid: number, data: string): boolean {
  if (!isProcessAlive(pid)) return false;
  try {
    if (existsSync("/proc/self/cwd")) return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
  return processCommand(pid).includes("postgres");
}

async function exitsWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await pause(50)) if (!isProcessAlive(pid)) return true;
  return !isProcessAlive(pid);
}

/** Stops a postmaster left by a killed run, and deletes a stale pid file. */
export async function stopLeftoverPostmaster(data: string): Promise<void> {
  const leftover = readPostmaster(data);
  if (!leftover) return;
  if (serves(leftover.pid, data)) {
    process.kill(leftover.pid, "SIGINT");
    if (!(await exitsWithin(leftover.pid, 15_000))) {
      process.kill(leftover.pid, "SIGQUIT");
      if (!(await exitsWithin(leftover.pid, 10_000))) throw new Error(`Postgres from an earlier run (${leftover.pid}) does not stop.`);
    }
  }
  rmSync(pidFile(data), { force: true });
}
