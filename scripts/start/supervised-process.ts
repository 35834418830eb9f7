import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pinnedNode } from "./paths.ts";

type Program = { name: string; file: string; cwd: string; env: NodeJS.ProcessEnv; log?: string };

/** A supervised child process: `announced` resolves on its first message, `failed` when it exits before it was ready. */
export type SupervisedProcess = { firstMessage: Promise<void>; failedBeforeReady: Promise<string>; markReady: () => void; stop: (seconds: number) => Promise<void>; kill: () => void };

const maxDelay = 30_000;
const stableAfter = 60_000;
const parentWatch = path.join(import.meta.dirname, "parent-watch.mjs");

/** Delay before a restart after consecutive crashes: exponential backoff. */
export const restartDelay = (crashes: number) => (crashes === 0 ? 0 : Math.min(1_000 * 2 ** (crashes - 1), maxDelay));

/** The number of crashes in a row after one more; a process that ran for a minute starts at one again. */
export const countCrashes = (before: number, uptimeMs: number) => (uptimeMs > stableAfter ? 1 : before + 1);

/** The last lines of a log file, for error messages. */
export function lastLines(file: string | undefined, count = 12): string {
  if (!file || !existsSync(file)) return "";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}

function spawnProgram({ file, cwd, env, log }: Program): ChildProcess {
  const output = log ? openSync(log, "a", 0o600) : "inherit";
  const child = spawn(pinnedNode, ["--import", parentWatch, file], {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", output, output, "ipc"],
  });
  if (typeof output === "number") closeSync(output);
  return child;
}

/** Runs a program and restarts it with backoff when it crashes. It ends with this process. */
export function superviseProcess(program: Program): SupervisedProcess {
  const { name, log } = program;
  if (log && existsSync(log)) renameSync(log, `${log}.1`);
  const failure = Promise.withResolvers<string>();
  const announcement = Promise.withResolvers<void>();
  const stopping = new AbortController();
  let everReady = false;
  let child: ChildProcess | undefined;

  const runOnce = async () => {
    const startedAt = Date.now();
    const current = spawnProgram(program);
    child = current;
    const reason = await new Promise<string>((resolve) => {
      current.once("message", () => announcement.resolve());
      current.on("error", ({ message }) => resolve(message));
      current.on("exit", (code, signal) => resolve(signal ?? `code ${code}`));
    });
    if (!everReady && !stopping.signal.aborted) failure.resolve(lastLines(log) || `The ${name} process exited with ${reason}.`);
    return { reason, uptime: Date.now() - startedAt };
  };
  const supervise = async () => {
    for (let crashes = 0; !stopping.signal.aborted; ) {
      const { reason, uptime } = await runOnce();
      if (stopping.signal.aborted || !everReady) return;
      crashes = countCrashes(crashes, uptime);
      console.error(`The ${name} process exited with ${reason}; restarting in ${restartDelay(crashes) / 1_000} s.`);
      await pause(restartDelay(crashes), undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const done = supervise();

  return {
    firstMessage: announcement.promise,
    failedBeforeReady: failure.promise,
    markReady: () => {
      everReady = true;
    },
    kill: () => void child?.kill("SIGKILL"),
    stop: async (seconds) => {
      stopping.abort();
      child?.kill("SIGTERM");
      const killTimer = setTimeout(() => child?.kill("SIGKILL"), seconds * 1_000);
      await done;
      clearTimeout(killTimer);
    },
  };
}
