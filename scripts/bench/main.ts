import { globSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import path from "node:path";
import { ensureBuilt } from "../build/portal.ts";
import { projectPath } from "../start/paths.ts";
import { freePort, nextFreePort } from "../start/port.ts";
import { runProgram } from "../start/run-program.ts";
import { buildEnvironment, trialSecret } from "../start/settings.ts";
import { openDatabase } from "./database.ts";
import { measure, openLoad, type Servers } from "./measure.ts";
import { type Options, readOptions } from "./options.ts";
import { describeProfile, emptyFolder } from "./profile.ts";
import { buildReference } from "./reference.ts";
import { checkTargets, formatChecks, figuresTable, type Result } from "./report.ts";
import { startServer } from "./server.ts";
import { median } from "./stats.ts";
import { type Target, listTargets } from "./targets.ts";
import { measureWeight, payloadPath, type Weight } from "./weight.ts";
import { prepareOrganizations, sizes } from "./dataset.ts";

const home = projectPath(".data", "bench");
const startsPerServer = 3;

type Cleanup = () => Promise<unknown> | void;
type Programs = { env: NodeJS.ProcessEnv; reference: { file: string; cwd: string } };

async function startTarget({ env, reference }: Programs, { server, path: page, cookie }: Target, flags: string[] = []) {
  const standalone = projectPath(".next", "standalone");
  const portal = { file: path.join(standalone, "server.js"), cwd: standalone };
  const port = server === "portal" ? Number(env.PORT) : await nextFreePort(4_600, "127.0.0.1");
  const program = { name: `the ${server}`, ...(server === "portal" ? portal : reference), port, env };
  return startServer({ ...program, log: path.join(home, `${server}.log`) }, { path: page, cookie }, flags);
}

/** Measures the cold start of both servers, and keeps the last process of each running. */
async function startBoth(programs: Programs, firsts: Target[], cleanups: Cleanup[]) {
  const coldStart: Partial<Record<Target["server"], number>> = {};
  const servers: Partial<Servers> = {};
  for (const target of firsts) {
    const took: number[] = [];
    for (let turn = 1; turn <= startsPerServer; turn += 1) {
      await servers[target.server]?.stop();
      const running = await startTarget(programs, target);
      took.push(running.coldStart);
      servers[target.server] = running;
    }
    cleanups.push(() => servers[target.server]?.stop());
    coldStart[target.server] = median(took);
  }
  return { servers: servers as Servers, coldStart: coldStart as Result["coldStart"] };
}

function standaloneSize(): number {
  const files = globSync("**", { cwd: projectPath(".next", "standalone"), withFileTypes: true }).filter((file) => file.isFile());
  return files.reduce((sum, file) => sum + statSync(path.join(file.parentPath, file.name)).size, 0) / 1_000_000;
}

function write(result: Result, options: Options) {
  const { figures, weights, ...rest } = result;
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem(), platform: platform(), arch: arch() };
  const targets = rest.targets.map(({ cookie: _, ...target }) => target);
  const all = { at: new Date(), options, machine, node: process.version, ...rest, targets, checks: checkTargets(result) };
  const file = path.join(home, "result.json");
  const written = { ...all, figures: Object.fromEntries(figures), weights: Object.fromEntries(weights) };
  writeFileSync(file, JSON.stringify(written, null, 2));
  console.log(`\nAll figures: ${path.relative(projectPath(), file)}`);
}

async function showProfile(programs: Programs, target: Target) {
  const folder = emptyFolder(path.join(home, "profile"));
  const running = await startTarget(programs, target, ["--cpu-prof", `--cpu-prof-dir=${folder}`]);
  const load = openLoad();
  const order = { url: running.origin + target.path, cookie: target.cookie, status: 200, connections: 16, seconds: 10 };
  try {
    const { requests } = await load.press(order);
    console.log(`${target.name}: ${requests} requests`);
  } finally {
    await load.close();
    await running.stop();
  }
  console.log(`\n${describeProfile(folder)}`);
}

async function prepare(options: Options, cleanups: Cleanup[]) {
  mkdirSync(home, { recursive: true, mode: 0o711 });
  await ensureBuilt();
  const reference = await buildReference();
  const database = await openDatabase();
  cleanups.push(database.stop);
  const secret = trialSecret(home);
  const port = await nextFreePort(4_500, "127.0.0.1").catch(() => freePort());
  const settings = { SIGNALBOX_SECRET: secret, APP_URL: `http://127.0.0.1:${port}`, PATH: process.env.PATH };
  const env = buildEnvironment(settings, { url: database.url, port, host: "127.0.0.1", trial: false, data: home });
  await runProgram("The migration", [projectPath("dist", "migrate.mjs")], env);
  const selected = sizes.filter(({ name }) => options.tenMillion || name !== "10M");
  const targets = listTargets(await prepareOrganizations(database.sql, selected, secret));
  return { programs: { env, reference }, targets };
}

async function runMeasurement(name: "equal-time" | "append-entry" | "verify-chain") {
  const config = projectPath("scripts", "bench", name === "equal-time" ? "equal-time.config.ts" : "audit-chain.config.ts");
  console.log(await runProgram("The comparison", [projectPath("node_modules", "vitest", "vitest.mjs"), "run", name, "--config", config], process.env));
}

async function bench(options: Options, cleanups: Cleanup[]) {
  if (options.equalTime) return runMeasurement("equal-time");
  if (options.append) return runMeasurement("append-entry");
  if (options.verifyChain) return runMeasurement("verify-chain");
  const { programs, targets: all } = await prepare(options, cleanups);
  if (options.profile) {
    const target = all.find(({ name }) => name.includes(options.profile));
    if (!target) throw new Error(`--profile takes one of: ${all.map(({ name }) => name).join("; ")}`);
    return showProfile(programs, target);
  }
  const selected = all.filter(({ server, name }) => server === "reference" || name.includes(options.only));
  const firsts = (["reference", "portal"] as const).flatMap((server) => selected.find((one) => one.server === server && !one.payload) ?? []);
  const { servers, coldStart } = await startBoth(programs, firsts, cleanups);
  const targets = await Promise.all(
    selected.map(async (one) => (one.payload ? { ...one, path: await payloadPath(servers.portal.origin, one.path, one.cookie) } : one)),
  );
  const weights = new Map<string, Weight>();
  for (const { name, server, path: page, cookie, payload } of targets) if (!payload) weights.set(name, await measureWeight(servers[server].origin, page, cookie));
  const load = openLoad();
  cleanups.push(load.close);
  const measured = await measure(load, servers, targets, options);
  const result = { targets, ...measured, weights, coldStart, output: standaloneSize() };
  console.log(`${figuresTable(result)}\n\n${formatChecks(checkTargets(result))}`);
  write(result, options);
}

const cleanups: Cleanup[] = [];
const stop = async (code: number) => {
  for (const step of cleanups.splice(0).reverse()) await step();
  process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(1));

try {
  await bench(readOptions(process.argv.slice(2)), cleanups);
  await stop(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
