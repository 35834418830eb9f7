import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { pinnedNode, projectRoot } from "../start/paths.ts";
import { freePort } from "../start/port.ts";
import { postgresEnvironment, resolveInstallation, type Installation } from "./binaries.ts";
import type { SupervisorOptions } from "./supervisor.ts";
import { stopLeftoverPostmaster } from "./postmaster.ts";
import { deleteStaleData } from "./cleanup.ts";

type ClusterState = { port: number; superuser: string; owner: string };

/** An embedded Postgres on the loopback address. `ended` resolves when it exits for any reason. */
export type Cluster = { url: string; ended: Promise<void>; stop: () => Promise<void> };

const owner = "signalbox";
const defaults = { max_connections: "100", shared_buffers: "128MB" };
// Without fsync only a crash of the machine can lose data; tests kill Postgres itself.
const unsafeButFast = { ...defaults, max_connections: "200", fsync: "off", autovacuum: "off" };

const stateFile = (home: string) => path.join(home, "postgres.json");

/** Renames a data folder whose passwords are lost instead of deleting it. */
async function setAside(data: string) {
  await stopLeftoverPostmaster(data);
  renameSync(data, `${data}-${new Date().toISOString().replaceAll(":", "")}`);
}

function saveState(home: string, state: ClusterState): ClusterState {
  const file = stateFile(home);
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return state;
}

function loadState(home: string): ClusterState {
  const file = stateFile(home);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as ClusterState;
  const password = () => randomBytes(24).toString("base64url");
  return saveState(home, { port: 0, superuser: password(), owner: password() });
}

/** Created under a temporary name and renamed, so that a killed run leaves no incomplete cluster. */
function initializeCluster({ binaries, home, user }: Installation, data: string, { superuser }: ClusterState, throwaway: boolean) {
  const temporary = `${data}.new`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { mode: 0o700 });
  const passwordFile = path.join(home, "initdb-password");
  writeFileSync(passwordFile, superuser, { mode: 0o600 });
  if (user) for (const file of [temporary, passwordFile]) chownSync(file, user.uid, user.gid);
  const args = ["-D", temporary, "-U", "postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"];
  const { status, stderr, error } = spawnSync(
    path.join(binaries, "bin", "initdb"),
    [...args, "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", ...(throwaway ? ["--no-sync"] : [])],
    { ...user, cwd: temporary, encoding: "utf8", env: postgresEnvironment },
  );
  rmSync(passwordFile, { force: true });
  if (status !== 0) throw new Error(`initdb of the embedded Postgres failed: ${error?.message ?? stderr.trim()}`);
  renameSync(temporary, data);
}

async function startSupervisor(options: SupervisorOptions): Promise<ChildProcess | undefined> {
  const supervisor = spawn(pinnedNode, [path.join(import.meta.dirname, "supervisor.ts"), JSON.stringify(options)], {
    cwd: projectRoot,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ready = await Promise.race([once(supervisor, "message").then(() => true), once(supervisor, "exit").then(() => false)]);
  if (!ready) return undefined;
  supervisor.unref();
  supervisor.channel?.unref();
  return supervisor;
}

const connectionUrl = (role: string, password: string, port: number, database: string) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;

/** The database is owned by a role without superuser rights, as on an external server. */
async function ensureDatabase(state: ClusterState, database: string) {
  const sql = postgres(connectionUrl("postgres", state.superuser, state.port, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const [role] = await sql`select from pg_roles where rolname = ${owner}`;
    const verb = role ? "alter" : "create";
    await sql.unsafe(`${verb} role ${owner} login createrole createdb password '${state.owner}'`);
    const [found] = await sql`select from pg_database where datname = ${database}`;
    if (!found) await sql.unsafe(`create database ${database} owner ${owner}`);
  } finally {
    await sql.end();
  }
}

async function waitForExit(supervisor: ChildProcess) {
  if (supervisor.exitCode === null && supervisor.signalCode === null) await once(supervisor, "exit");
}

/** The connection URL of the owner role for the cluster in `home`. */
export function ownerUrl(home: string): string {
  const { owner: password, port } = loadState(home);
  return connectionUrl(owner, password, port, owner);
}

/** Starts the cluster in `home`, and creates it first if there is none. */
export async function startCluster({ home, throwaway }: { home: string; throwaway: boolean }): Promise<Cluster> {
  if (throwaway) deleteStaleData();
  const installation = resolveInstallation(home);
  const data = path.join(installation.home, "postgres");
  const log = path.join(installation.home, "postgres.log");
  if (existsSync(data) && !existsSync(stateFile(home))) await setAside(data);
  let state = loadState(home);
  if (!existsSync(data)) initializeCluster(installation, data, state, throwaway);
  chmodSync(data, 0o700);

  for (let attempt = 0; attempt < 5; attempt += 1) {
    await stopLeftoverPostmaster(data);
    state = saveState(home, { ...state, port: await freePort(state.port) });
    const settings = {
      ...(throwaway ? unsafeButFast : defaults),
      port: String(state.port),
      listen_addresses: "127.0.0.1",
      password_encryption: "scram-sha-256",
    };
    const supervisor = await startSupervisor({ ...installation, data, log, settings, throwaway: throwaway ? [installation.home, home] : [] });
    if (supervisor) {
      await ensureDatabase(state, owner);
      return {
        url: ownerUrl(home),
        ended: waitForExit(supervisor),
        stop: async () => {
          supervisor.ref();
          if (supervisor.connected) supervisor.disconnect();
          await waitForExit(supervisor);
        },
      };
    }
    await pause(1_000);
  }
  throw new Error(`The embedded Postgres does not start. See its log: ${log}`);
}
