import "server-only";
import { sql } from "drizzle-orm";
import { lookupConnection } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";

const newest = Math.max(...journal.entries.map(({ when }) => when));

let asked: Promise<boolean> | undefined;

/** Whether the database answers within two seconds and knows every migration of this build; many who ask at once are one question. */
export const databaseReady = (): Promise<boolean> => (asked ??= ask().finally(() => (asked = undefined)));

async function ask(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, 2_000, false).unref());
  const answer = lookupConnection("auth")
    .execute<{ applied: string | null }>(sql`select max(created_at) as applied from drizzle.__drizzle_migrations`)
    .then(([row]) => Number(row?.applied ?? 0) >= newest)
    .catch(() => false);
  return Promise.race([answer, late]);
}
