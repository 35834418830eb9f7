import "@/lib/testing/database";
import { randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { expect, test } from "vitest";
import { migrate } from "@/db/migrate";
import { env } from "@/lib/env";

/** Runs work in an empty database of its own, as the owner. */
async function inNewDatabase(work: (url: string, sql: Sql) => Promise<void>) {
  const owner = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });
  const name = `migrate_${randomUUID().replaceAll("-", "")}`;
  await owner.unsafe(`create database ${name}`);
  const url = new URL(env().DATABASE_URL);
  url.pathname = name;
  const inside = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await work(url.href, inside);
  } finally {
    await inside.end();
    await owner.end();
  }
}

test("REL-11: migrating with a wrong secret fails with an explanation until the fingerprint is removed", () =>
  inNewDatabase(async (url, sql) => {
    await migrate(url);
    await migrate(url);
    await sql`comment on schema drizzle is 'Signalbox 0123456789abcdef'`;
    await expect(migrate(url)).rejects.toThrow("SIGNALBOX_SECRET is not the secret of this database");
    await sql`comment on schema drizzle is null`;
    await expect(migrate(url)).resolves.toBeUndefined();
  }));

test("TEN-1: every migration forces row security on the tables that bear an organization or policies", () =>
  inNewDatabase(async (url, sql) => {
    await migrate(url);
    await sql`create table planted (organization_id uuid)`;
    await sql`alter table sites no force row level security`;
    await sql`alter table sessions no force row level security`;
    await migrate(url);
    const tables = await sql`
      select relname as name, relrowsecurity and relforcerowsecurity as forced from pg_class where relname in ('planted', 'sessions', 'sites') order by 1`;
    expect(tables.map(({ forced }) => forced)).toEqual([true, true, true]);
  }));
