import "@/lib/testing/database";
import { randomUUID } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { migrate } from "@/db/migrate";
import { env } from "@/lib/env";
import { projectPath } from "../start/paths.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { checkDatabase, explainConnectionError } from "./check-database.ts";
import { isProcessAlive, readPostmaster } from "./postmaster.ts";

const home = projectPath(".data", `test cluster ${process.pid}`);
const running: Cluster[] = [];

afterAll(async () => {
  for (const cluster of running) await cluster.stop();
  rmSync(home, { recursive: true, force: true });
});

async function start(): Promise<Cluster> {
  const cluster = await startCluster({ home, throwaway: false });
  running.push(cluster);
  return cluster;
}

async function query<Row>(url: string, statement: string): Promise<Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(statement)) as unknown as Row[];
  } finally {
    await sql.end();
  }
}

test("OPS-2: the embedded Postgres listens on loopback only, requires SCRAM, has a private data folder and does not run as root", async () => {
  const { url } = await start();
  const data = statSync(path.join(home, "postgres"));
  expect(data.mode & 0o777).toBe(0o700);
  expect(data.uid).not.toBe(0);
  expect(statSync(path.join(home, "postgres.json")).mode & 0o777).toBe(0o600);
  expect(await query(url, "select current_setting('listen_addresses') as listens, rolsuper from pg_roles where rolname = user")).toEqual([
    { listens: "127.0.0.1", rolsuper: false },
  ]);
  const wrong = new URL(url);
  wrong.password = "wrong";
  await expect(checkDatabase(wrong.href)).rejects.toThrow("The password of signalbox is wrong");
});

test("REL-3: after SIGKILL, Postgres restarts with all acknowledged data", async () => {
  const first = await start();
  await query(first.url, "create table kept (word text); insert into kept values ('still here')");
  const master = readPostmaster(path.join(home, "postgres"));
  expect(master?.ready).toBe(true);
  process.kill(master?.pid ?? 0, "SIGKILL");
  await first.ended;
  const second = await start();
  expect(await query(second.url, "select word from kept")).toEqual([{ word: "still here" }]);
});

test("a Postgres that outlived its supervisor is stopped before the next one starts", async () => {
  await start();
  const leftover = readPostmaster(path.join(home, "postgres"))?.pid ?? 0;
  expect([leftover > 0, isProcessAlive(leftover)]).toEqual([true, true]);
  const next = await start();
  expect(isProcessAlive(leftover)).toBe(false);
  expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("REL-6: five concurrent migrations apply every migration once", async () => {
  const { DATABASE_URL } = env();
  const database = `five_${randomUUID().replaceAll("-", "")}`;
  await query(DATABASE_URL, `create database ${database}`);
  const url = new URL(DATABASE_URL);
  url.pathname = database;
  await Promise.all(Array.from({ length: 5 }, () => migrate(url.href)));
  const duplicates = "select hash from drizzle.__drizzle_migrations group by hash having count(*) > 1";
  expect(await query(url.href, duplicates)).toEqual([]);
});

test("connection errors are explained with a next step", async () => {
  const at = "postgres://someone:secret@db.test:6543/portal";
  expect(explainConnectionError(at, { code: "3D000" })).toContain("There is no database portal at db.test:6543. Create it with: createdb portal");
  expect(explainConnectionError(at, { message: "it is Postgres 14, and Signalbox needs 15 or newer." })).toContain("it is Postgres 14");
  expect(explainConnectionError(at, { code: "28P01" })).not.toContain("secret");
  await expect(checkDatabase("postgres://a:b@127.0.0.1:1/c")).rejects.toThrow("Nothing is listening at 127.0.0.1:1.");
});
