import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pinnedNode } from "./paths.ts";

type Program = { name: string; file: string; cwd: string; env: NodeJS.ProcessEnv; log?: string };

/** A program kept running until it is stopped: `announced` when it says so, `failed` when it ends before it was ready. */
export type Kept = { announced: Promise<void>; failed: Promise<string>; ready: () => void; stop: (seconds: number) => Promise<void>; kill: () => void };

const longestPause = 30_000;
const healthyAfter = 60_000;
const leash = path.join(import.meta.dirname, "leash.mjs");

/** How long to wait before a start, after so many crashes in a row. */
export const backOff = (crashes: number) => (crashes === 0 ? 0 : Math.min(1_000 * 2 ** (crashes - 1), longestPause));

/** The end of a log, for people who ask why. */
export function lastLines(file: string | undefined, count = 12): string {
  if (!file || !existsSync(file)) return "";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}

function run({ file, cwd, env, log }: Program): ChildProcess {
  const output = log ? openSync(log, "a", 0o600) : "inherit";
  const child = spawn(pinnedNode, ["--import", leash, file], {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", output, output, "ipc"],
  });
  if (typeof output === "number") closeSync(output);
  return child;
}

/** Runs a program and starts it again, ever more slowly, when it crashes. It never outlives this process. */
export function keepRunning(program: Program): Kept {
  const { name, log } = program;
  if (log && existsSync(log)) renameSync(log, `${log}.1`);
  const failure = Promise.withResolvers<string>();
  const announcement = Promise.withResolvers<void>();
  const stopping = new AbortController();
  let everReady = false;
  let child: ChildProcess | undefined;

  const turn = async () => {
    const since = Date.now();
    const current = run(program);
    child = current;
    const how = await new Promise<string>((resolve) => {
      current.once("message", () => announcement.resolve());
      current.on("error", ({ message }) => resolve(message));
      current.on("exit", (code, signal) => resolve(signal ?? `code ${code}`));
    });
    if (!everReady && !stopping.signal.aborted) failure.resolve(lastLines(log) || `The ${name} process ended with ${how}.`);
    return { how, lived: Date.now() - since };
  };
  const loop = async () => {
    for (let crashes = 0; !stopping.signal.aborted; ) {
      const { how, lived } = await turn();
      if (stopping.signal.aborted || !everReady) return;
      crashes = lived > healthyAfter ? 1 : crashes + 1;
      console.error(`The ${name} process ended with ${how}; it starts again in ${backOff(crashes) / 1_000} s.`);
      await pause(backOff(crashes), undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const done = loop();

  return {
    announced: announcement.promise,
    failed: failure.promise,
    ready: () => {
      everReady = true;
    },
    kill: () => void child?.kill("SIGKILL"),
    stop: async (seconds) => {
      stopping.abort();
      child?.kill("SIGTERM");
      const late = setTimeout(() => child?.kill("SIGKILL"), seconds * 1_000);
      await done;
      clearTimeout(late);
    },
  };
}
