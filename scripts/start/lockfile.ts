import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { processCommand, isProcessAlive } from "../postgres/postmaster.ts";

type LockContent = { pid: number; url?: string; stopping?: boolean };

const read = (file: string): LockContent | undefined => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockContent;
  } catch {
    return undefined;
  }
};

const isRunning = ({ pid }: LockContent) => pid !== process.pid && isProcessAlive(pid) && /scripts.start(?:\.mjs|.main\.ts)/.test(processCommand(pid));

async function waitForRelease(file: string) {
  for (const attempts = { running: 3, stopping: 120 }; ; await pause(250)) {
    const other = read(file);
    if (!other || !isRunning(other)) return;
    const left = other.stopping ? (attempts.stopping -= 1) : (attempts.running -= 1);
    if (left > 0) continue;
    const location = other.url ? ` at ${other.url}` : "";
    throw new Error(`Signalbox is already running from this folder${location} (process ${other.pid}). Stop it with: kill ${other.pid}`);
  }
}

/** Locks a data folder for one portal, or throws an error that names the process that holds the lock. */
export async function acquireLock(data: string) {
  const file = path.join(data, "running.json");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (existsSync(file)) await waitForRelease(file);
  rmSync(file, { force: true });
  const write = (rest: Omit<LockContent, "pid">, flag = "w") =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, ...rest }), { mode: 0o600, flag });
  write({}, "wx");
  return {
    setUrl: (url: string) => write({ url }),
    setStopping: () => write({ stopping: true }),
    release: () => rmSync(file, { force: true }),
  };
}
