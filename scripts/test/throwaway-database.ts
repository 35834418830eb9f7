import { readFileSync } from "node:fs";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { ownerUrl } from "../postgres/cluster.ts";
import { throwawayDataFolder } from "../start/settings.ts";

/** Runs SQL in the database of a throwaway portal as superuser, without row security. */
export async function withThrowawayDatabase<T>(port: string | undefined, work: (sql: Sql) => Promise<T>): Promise<T> {
  const data = throwawayDataFolder(port);
  const { superuser } = JSON.parse(readFileSync(path.join(data, "postgres.json"), "utf8")) as { superuser: string };
  const url = Object.assign(new URL(ownerUrl(data)), { username: "postgres", password: superuser });
  const sql = postgres(url.toString(), { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
