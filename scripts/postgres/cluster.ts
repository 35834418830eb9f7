import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { pinnedNode, root } from "../start/paths.ts";
import { freePort } from "../start/port.ts";
import { bareEnvironment, locate, type Installation } from "./binaries.ts";
import type { Order } from "./keeper.ts";
import { stopLeftover } from "./leftover.ts";
import { sweep } from "./sweep.ts";

type Memory = { port: number; superuser: string; owner: string };

/** A Postgres of our own on the loopback address. `ended` settles when it stops, asked to or not. */
export type Cluster = { url: string; ended: Promise<void>; stop: () => Promise<void> };

const owner = "signalbox";
const trial = { max_connections: "100", shared_buffers: "128MB" };
// Only a crash of the machine may lose what it acknowledged: tests kill Postgres itself.
const careless = { ...trial, max_connections: "200", fsync: "off", autovacuum: "off" };

const memoryOf = (home: string) => path.join(home, "postgres.json");

/** A cluster whose passwords are gone opens for nobody, but is not ours to throw away. */
async function setAside(data: string) {
  await stopLeftover(data);
  renameSync(data, `${data}-${new Date().toISOString().replaceAll(":", "")}`);
}

function remember(home: string, memory: Memory): Memory {
  const file = memoryOf(home);
  writeFileSync(`${file}.new`, JSON.stringify(memory), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return memory;
}

function recall(home: string): Memory {
  const file = memoryOf(home);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Memory;
  const password = () => randomBytes(24).toString("base64url");
  return remember(home, { port: 0, superuser: password(), owner: password() });
}

/** Written beside its place and moved there, so that a killed run leaves no half of a cluster. */
function initialise({ binaries, home, user }: Installation, data: string, { superuser }: Memory, throwaway: boolean) {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = path.join(home, "initdb-password");
  writeFileSync(passwordFile, superuser, { mode: 0o600 });
  if (user) for (const place of [draft, passwordFile]) chownSync(place, user.uid, user.gid);
  const args = ["-D", draft, "-U", "postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"];
  const { status, stderr, error } = spawnSync(
    path.join(binaries, "bin", "initdb"),
    [...args, "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", ...(throwaway ? ["--no-sync"] : [])],
    { ...user, cwd: draft, encoding: "utf8", env: bareEnvironment },
  );
  rmSync(passwordFile, { force: true });
  if (status !== 0) throw new Error(`The embedded Postgres could not be set up: ${error?.message ?? stderr.trim()}`);
  renameSync(draft, data);
}

async function keep(order: Order): Promise<ChildProcess | undefined> {
  const keeper = spawn(pinnedNode, [path.join(import.meta.dirname, "keeper.ts"), JSON.stringify(order)], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ready = await Promise.race([once(keeper, "message").then(() => true), once(keeper, "exit").then(() => false)]);
  if (!ready) return undefined;
  keeper.unref();
  keeper.channel?.unref();
  return keeper;
}

const address = (role: string, password: string, port: number, database: string) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;

/** The portal's database belongs to a role that is no superuser, as it would on a server of one's own. */
async function ensureDatabase(memory: Memory, database: string) {
  const sql = postgres(address("postgres", memory.superuser, memory.port, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const [role] = await sql`select from pg_roles where rolname = ${owner}`;
    const verb = role ? "alter" : "create";
    await sql.unsafe(`${verb} role ${owner} login createrole createdb password '${memory.owner}'`);
    const [found] = await sql`select from pg_database where datname = ${database}`;
    if (!found) await sql.unsafe(`create database ${database} owner ${owner}`);
  } finally {
    await sql.end();
  }
}

async function ended(keeper: ChildProcess) {
  if (keeper.exitCode === null && keeper.signalCode === null) await once(keeper, "exit");
}

/** Where the portal's role reaches the cluster last started under `home`. */
export function ownerUrl(home: string): string {
  const { owner: password, port } = recall(home);
  return address(owner, password, port, owner);
}

/** Starts the cluster kept under `home`, making it first when there is none. */
export async function startCluster({ home: wanted, throwaway }: { home: string; throwaway: boolean }): Promise<Cluster> {
  if (throwaway) sweep();
  const place = locate(wanted);
  const data = path.join(place.home, "postgres");
  const log = path.join(place.home, "postgres.log");
  if (existsSync(data) && !existsSync(memoryOf(wanted))) await setAside(data);
  let memory = recall(wanted);
  if (!existsSync(data)) initialise(place, data, memory, throwaway);
  chmodSync(data, 0o700);

  for (let attempt = 0; attempt < 5; attempt += 1) {
    await stopLeftover(data);
    memory = remember(wanted, { ...memory, port: await freePort(memory.port) });
    const settings = {
      ...(throwaway ? careless : trial),
      port: String(memory.port),
      listen_addresses: "127.0.0.1",
      password_encryption: "scram-sha-256",
    };
    const keeper = await keep({ ...place, data, log, settings, throwaway: throwaway ? [place.home, wanted] : [] });
    if (keeper) {
      await ensureDatabase(memory, owner);
      return {
        url: ownerUrl(wanted),
        ended: ended(keeper),
        stop: async () => {
          keeper.ref();
          if (keeper.connected) keeper.disconnect();
          await ended(keeper);
        },
      };
    }
    await pause(1_000);
  }
  throw new Error(`The embedded Postgres does not start. Its log is ${log}`);
}
