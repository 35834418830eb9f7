import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { commandOf, isAlive } from "../postgres/leftover.ts";

type Claim = { pid: number; address?: string; stopping?: boolean };

const read = (file: string): Claim | undefined => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Claim;
  } catch {
    return undefined;
  }
};

const isRunning = ({ pid }: Claim) => pid !== process.pid && isAlive(pid) && /scripts.start(?:\.mjs|.main\.ts)/.test(commandOf(pid));

async function waitForItsEnd(file: string) {
  for (const patience = { running: 3, stopping: 120 }; ; await pause(250)) {
    const other = read(file);
    if (!other || !isRunning(other)) return;
    const left = other.stopping ? (patience.stopping -= 1) : (patience.running -= 1);
    if (left > 0) continue;
    const where = other.address ? ` at ${other.address}` : "";
    throw new Error(`Signalbox is already running from this folder${where} (process ${other.pid}). Stop it with: kill ${other.pid}`);
  }
}

/** One portal at a time on one data folder: claims it, or says who has it. */
export async function claim(data: string) {
  const file = path.join(data, "running.json");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (existsSync(file)) await waitForItsEnd(file);
  rmSync(file, { force: true });
  const say = (rest: Omit<Claim, "pid">, flag = "w") =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, ...rest }), { mode: 0o600, flag });
  say({}, "wx");
  return {
    at: (address: string) => say({ address }),
    stopping: () => say({ stopping: true }),
    release: () => rmSync(file, { force: true }),
  };
}
