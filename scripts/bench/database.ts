import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { startCluster } from "../postgres/cluster.ts";
import { projectPath } from "../start/paths.ts";

/** A Postgres for benchmarks with default settings, and a database for the current schema. */
export type Database = { url: string; sql: Sql; stop: () => Promise<void> };

const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {}, idle_timeout: 0 });

function databaseName(): string {
  const hash = createHash("sha256").update(readFileSync(path.join(import.meta.dirname, "dataset.ts")));
  for (const file of globSync("*.sql", { cwd: projectPath("db", "migrations") }).sort()) hash.update(readFileSync(projectPath("db", "migrations", file)));
  return `bench_${hash.digest("hex").slice(0, 12)}`;
}

async function ensureDatabase(url: string, name: string) {
  const sql = connect(url);
  try {
    const existing = await sql<{ name: string }[]>`select datname as name from pg_database where datname like 'bench\\_%'`;
    for (const old of existing) if (old.name !== name) await sql`drop database ${sql(old.name)} with (force)`;
    if (!existing.some((database) => database.name === name)) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}

/** Opens the database; data of earlier runs is reused unless the schema has changed. */
export async function openDatabase(): Promise<Database> {
  const cluster = await startCluster({ home: projectPath(".data", "bench", "cluster"), throwaway: false });
  const name = databaseName();
  await ensureDatabase(cluster.url, name);
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  const sql = connect(url.href);
  return {
    url: url.href,
    sql,
    stop: async () => {
      await sql.end({ timeout: 5 });
      await cluster.stop();
    },
  };
}
