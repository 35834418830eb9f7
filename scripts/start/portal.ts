import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "../build/portal.ts";
import { startCluster, type Cluster } from "../postgres/cluster.ts";
import { checkDatabase } from "../postgres/check-database.ts";
import { deleteThrowawayData } from "../postgres/cleanup.ts";
import { countCrashes, restartDelay, superviseProcess, type SupervisedProcess } from "./supervised-process.ts";
import { acquireLock } from "./lockfile.ts";
import { projectPath, projectRoot } from "./paths.ts";
import { prepareRelease } from "./release.ts";
import { runProgram } from "./run-program.ts";
import { choosePort, readSettings, throwawaySettings, assertMailTransport, buildEnvironment, throwawayDataFolder } from "./settings.ts";

const shutdownSeconds = 20;
const readyTimeout = 90_000;

type Cleanup = () => Promise<void> | void;

/** Runs the cleanups in reverse order, once. A second signal at least a second later kills all processes. */
function stopOnSignal(cleanups: Cleanup[], killAll: () => void) {
  let stoppingSince = 0;
  const stop = async (code: number) => {
    if (stoppingSince > 0) return;
    stoppingSince = Date.now();
    for (const step of cleanups.reverse()) await step();
    process.exit(code);
  };
  const onSignal = () => {
    if (stoppingSince > 0 && Date.now() - stoppingSince > 1_000) killAll();
    if (stoppingSince === 0) console.log("Stopping (press Ctrl-C again to kill all processes)");
    void stop(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  process.on("disconnect", onSignal);
  process.channel?.unref();
  return { stop, isStopping: () => stoppingSince > 0 };
}

/** Restarts a crashed Postgres on the same port; web and worker reconnect. */
async function restartOnCrash(first: Cluster, start: () => Promise<Cluster>, onRestart: (cluster: Cluster) => void, isStopping: () => boolean) {
  let cluster = first;
  let startedAt = Date.now();
  for (let crashes = 0; ; ) {
    await cluster.ended;
    if (isStopping()) return;
    crashes = countCrashes(crashes, Date.now() - startedAt);
    console.error("Postgres exited; restarting it.");
    await pause(restartDelay(crashes));
    cluster = await start();
    startedAt = Date.now();
    onRestart(cluster);
  }
}

async function waitForWeb(port: number, host: string) {
  const url = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}/api/health/ready`;
  for (;;) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (response?.ok) return;
    await pause(150);
  }
}

async function waitUntilReady(web: Promise<void>, worker: Promise<void>, children: SupervisedProcess[]) {
  const failed = Promise.race(children.map((child) => child.failedBeforeReady)).then((message) => Promise.reject(new Error(message)));
  const timeout = pause(readyTimeout, undefined, { ref: false }).then(() => {
    throw new Error(`Web and worker were not ready within ${readyTimeout / 1_000} s.`);
  });
  await Promise.race([Promise.all([web, worker]), failed, timeout]);
  for (const child of children) child.markReady();
}

async function printSummary(appUrl: string, { trial, data, logs }: { trial: boolean; data: string; logs: string }) {
  const lines = ["", `Signalbox is ready: ${appUrl}`, ""];
  if (trial) {
    const people = (await import(pathToFileURL(projectPath("dist", "people.mjs")).href)) as typeof import("../../db/seed/people.ts");
    const accounts = [...people.demoPeople, ...people.demoNonMembers];
    const width = Math.max(...accounts.map(({ email }) => email.length));
    lines.push(`  Demo accounts, password ${people.demoPassword}`);
    for (const { email, summary } of accounts) lines.push(`    ${email.padEnd(width)}  ${summary}`);
    lines.push("", `  Email  ${appUrl}/mailbox`, `  Data   ${path.relative(projectRoot, data)}`, `  Logs   ${path.relative(projectRoot, logs)}`);
  }
  console.log([...lines, "  Press Ctrl-C to stop.", ""].join("\n"));
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

function errorText(error: unknown): string {
  const { code, path: file, message } = error as NodeJS.ErrnoException;
  if (code !== "EACCES" && code !== "EPERM") return message;
  return `${file ?? message} belongs to another user. Start as that user, or delete it.`;
}

/** Builds and starts the whole portal, and stops it on a signal. */
export async function startPortal({ throwaway }: { throwaway: boolean }) {
  const cleanups: Cleanup[] = [];
  const children: SupervisedProcess[] = [];
  const { stop, isStopping } = stopOnSignal(cleanups, () => children.forEach((child) => child.kill()));
  try {
    await start({ throwaway, cleanups, children, isStopping });
  } catch (error) {
    if (!isStopping()) console.error(errorText(error));
    await stop(1);
  }
}

type StartContext = { throwaway: boolean; cleanups: Cleanup[]; children: SupervisedProcess[]; isStopping: () => boolean };

async function start({ throwaway, cleanups, children, isStopping }: StartContext) {
  const settings = throwaway ? throwawaySettings() : readSettings();
  const data = throwaway ? throwawayDataFolder(settings.PORT) : projectPath(".data");
  if (throwaway) await deleteThrowawayData(data);
  const lock = await acquireLock(data);
  cleanups.push(() => (throwaway ? rmSync(data, { recursive: true, force: true }) : lock.release()));

  const trial = !settings.DATABASE_URL;
  const host = settings.HOST ?? (trial ? "127.0.0.1" : "0.0.0.0");
  const port = await choosePort(settings.PORT, host);
  const options = { port, host, trial, data };
  if (settings.DATABASE_URL) {
    buildEnvironment(settings, { ...options, url: settings.DATABASE_URL });
    assertMailTransport(settings);
  }

  await ensureBuilt();
  const { standalone, dist } = prepareRelease(data);
  const database = await openDatabase(settings.DATABASE_URL, data, throwaway);
  if ("stop" in database) {
    let current: Cluster = database;
    cleanups.push(() => current.stop());
    restartOnCrash(database, database.start, (cluster) => (current = cluster), isStopping).catch((error: unknown) => {
      console.error(errorText(error));
      process.kill(process.pid, "SIGTERM");
    });
  }
  const env = buildEnvironment(settings, { ...options, url: database.url });
  console.log("Migrating the database");
  const output = await runProgram("The migration", [path.join(dist, "migrate.mjs")], env);
  if (output) console.log(output);
  if (trial) await runProgram("Seeding the demo data", [path.join(dist, "seed.mjs")], env);

  const logs = path.join(data, "logs");
  if (trial) mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = (name: string) => (trial ? path.join(logs, `${name}.log`) : undefined);
  const web = superviseProcess({ name: "web", file: path.join(standalone, "server.js"), cwd: standalone, env, log: log("web") });
  const worker = superviseProcess({ name: "worker", file: path.join(dist, "worker.mjs"), cwd: projectRoot, env, log: log("worker") });
  children.push(web, worker);
  cleanups.push(async () => {
    lock.setStopping();
    await Promise.all(children.map((child) => child.stop(shutdownSeconds)));
  });
  if (isStopping()) return;
  console.log("Starting web and worker");
  await waitUntilReady(waitForWeb(port, host), worker.firstMessage, children);
  const appUrl = env.APP_URL ?? "";
  lock.setUrl(appUrl);
  await printSummary(appUrl, { trial, data, logs });
}
