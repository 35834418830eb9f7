import "server-only";
import { sql } from "drizzle-orm";
import { lookupConnection } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";

const latestMigration = Math.max(...journal.entries.map(({ when }) => when));

let pending: Promise<boolean> | undefined;

/** Whether the database answers within two seconds and has all migrations of this build; concurrent calls share one query. */
export const isDatabaseReady = (): Promise<boolean> => (pending ??= check().finally(() => (pending = undefined)));

async function check(): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(resolve, 2_000, false).unref());
  const ready = lookupConnection("auth")
    .execute<{ applied: string | null }>(sql`select max(created_at) as applied from drizzle.__drizzle_migrations`)
    .then(([row]) => Number(row?.applied ?? 0) >= latestMigration)
    .catch(() => false);
  return Promise.race([ready, timeout]);
}
