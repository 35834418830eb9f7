import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "../build/portal.ts";
import { startCluster, type Cluster } from "../postgres/cluster.ts";
import { checkDatabase } from "../postgres/external.ts";
import { clear } from "../postgres/sweep.ts";
import { backOff, keepRunning, type Kept } from "./child.ts";
import { claim } from "./instance.ts";
import { inside, root } from "./paths.ts";
import { runToEnd } from "./run.ts";
import { choosePort, given, givenToThrowaway, refuseWithoutMail, surroundings, throwawayData } from "./settings.ts";

const patience = 20;
const readyWithin = 90_000;

type Undo = () => Promise<void> | void;

/** Stops what was started, the last first, once. A second signal, later than a bounce of the first, kills. */
function stopOnSignal(undo: Undo[], killAll: () => void) {
  let since = 0;
  const stop = async (code: number) => {
    if (since > 0) return;
    since = Date.now();
    for (const step of undo.reverse()) await step();
    process.exit(code);
  };
  const onSignal = () => {
    if (since > 0 && Date.now() - since > 1_000) killAll();
    if (since === 0) console.log("Stopping (Ctrl-C again to stop at once)");
    void stop(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  process.on("disconnect", onSignal);
  process.channel?.unref();
  return { stop, begun: () => since > 0 };
}

/** A database that dies comes back on its port, and web and worker find it again. */
async function watchOver(first: Cluster, start: () => Promise<Cluster>, now: (cluster: Cluster) => void, begun: () => boolean) {
  let cluster = first;
  for (let crashes = 1; ; crashes += 1) {
    await cluster.ended;
    if (begun()) return;
    console.error("Postgres ended; it starts again.");
    await pause(backOff(crashes));
    cluster = await start();
    now(cluster);
  }
}

async function webAnswers(port: number, host: string) {
  const address = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}/api/health/ready`;
  for (;;) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await pause(150);
  }
}

async function waitUntilReady(web: Promise<void>, worker: Promise<void>, children: Kept[]) {
  const failed = Promise.race(children.map((child) => child.failed)).then((words) => Promise.reject(new Error(words)));
  const late = pause(readyWithin, undefined, { ref: false }).then(() => {
    throw new Error(`Web and worker were not ready within ${readyWithin / 1_000} s.`);
  });
  await Promise.race([Promise.all([web, worker]), failed, late]);
  for (const child of children) child.ready();
}

async function describe(address: string, { trial, data, logs }: { trial: boolean; data: string; logs: string }) {
  const lines = ["", `Signalbox is ready: ${address}`, ""];
  if (trial) {
    const people = (await import(pathToFileURL(inside("dist", "people.mjs")).href)) as typeof import("../../db/seed/people.ts");
    const everybody = [...people.demoPeople, ...people.demoOthers];
    const width = Math.max(...everybody.map(({ email }) => email.length));
    lines.push(`  Sign in with the password ${people.demoPassword}`);
    for (const { email, summary } of everybody) lines.push(`    ${email.padEnd(width)}  ${summary}`);
    lines.push("", `  Mail   ${address}/mailbox`, `  Data   ${path.relative(root, data)}`, `  Logs   ${path.relative(root, logs)}`);
  }
  console.log([...lines, "  Ctrl-C stops everything.", ""].join("\n"));
}

async function openDatabase(url: string | undefined, home: string, throwaway: boolean) {
  if (url) {
    await checkDatabase(url);
    return { url };
  }
  console.log("Starting the embedded Postgres");
  const start = () => startCluster({ home, throwaway });
  return { ...(await start()), start };
}

function inWords(error: unknown): string {
  const { code, path: place, message } = error as NodeJS.ErrnoException;
  if (code !== "EACCES" && code !== "EPERM") return message;
  return `${place ?? message} belongs to another user. Start as that user, or remove it.`;
}

/** Builds, starts and describes the whole portal, and stops all of it when told to. */
export async function begin({ throwaway }: { throwaway: boolean }) {
  const undo: Undo[] = [];
  const children: Kept[] = [];
  const { stop, begun } = stopOnSignal(undo, () => children.forEach((child) => child.kill()));
  try {
    await open({ throwaway, undo, children, begun });
  } catch (error) {
    if (!begun()) console.error(inWords(error));
    await stop(1);
  }
}

type Opening = { throwaway: boolean; undo: Undo[]; children: Kept[]; begun: () => boolean };

async function open({ throwaway, undo, children, begun }: Opening) {
  const asked = throwaway ? givenToThrowaway() : given();
  const data = throwaway ? throwawayData(asked.PORT) : inside(".data");
  if (throwaway) await clear(data);
  const claimed = await claim(data);
  undo.push(() => (throwaway ? rmSync(data, { recursive: true, force: true }) : claimed.release()));

  const trial = !asked.DATABASE_URL;
  const host = asked.HOST ?? (trial ? "127.0.0.1" : "0.0.0.0");
  const port = await choosePort(asked.PORT, host);
  const place = { port, host, trial, data };
  if (asked.DATABASE_URL) {
    surroundings(asked, { ...place, url: asked.DATABASE_URL });
    refuseWithoutMail(asked);
  }

  await ensureBuilt();
  const database = await openDatabase(asked.DATABASE_URL, data, throwaway);
  if ("stop" in database) {
    let current: Cluster = database;
    undo.push(() => current.stop());
    watchOver(database, database.start, (cluster) => (current = cluster), begun).catch((error: unknown) => {
      console.error(inWords(error));
      process.kill(process.pid, "SIGTERM");
    });
  }
  const env = surroundings(asked, { ...place, url: database.url });
  console.log("Migrating the database");
  const said = await runToEnd("The migration", [inside("dist", "migrate.mjs")], env);
  if (said) console.log(said);
  if (trial) await runToEnd("The demo world", [inside("dist", "seed.mjs")], env);

  const logs = path.join(data, "logs");
  if (trial) mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = (name: string) => (trial ? path.join(logs, `${name}.log`) : undefined);
  const standalone = inside(".next", "standalone");
  const web = keepRunning({ name: "web", file: path.join(standalone, "server.js"), cwd: standalone, env, log: log("web") });
  const worker = keepRunning({ name: "worker", file: inside("dist", "worker.mjs"), cwd: root, env, log: log("worker") });
  children.push(web, worker);
  undo.push(async () => {
    claimed.stopping();
    await Promise.all(children.map((child) => child.stop(patience)));
  });
  if (begun()) return;
  console.log("Starting web and worker");
  await waitUntilReady(webAnswers(port, host), worker.announced, children);
  const address = env.APP_URL ?? "";
  claimed.at(address);
  await describe(address, { trial, data, logs });
}
