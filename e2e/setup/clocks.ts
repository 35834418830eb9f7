import { hkdfSync } from "node:crypto";
import postgres from "postgres";
import { ownerUrl } from "../../scripts/postgres/cluster.ts";
import { throwawayData, trialSecret } from "../../scripts/start/settings.ts";

export type Ages = Partial<Record<"auth_time" | "last_seen_at" | "confirmed_at", number>>;

/** The database of the journeys, as the role that knows who is signed in: it sees one account at a time. */
function openDatabase() {
  const data = throwawayData(process.env.E2E_PORT);
  const password = Buffer.from(hkdfSync("sha256", trialSecret(data), "", "database role auth", 32)).toString("base64url");
  const url = Object.assign(new URL(ownerUrl(data)), { username: "signalbox_auth", password });
  return postgres(url.toString(), { max: 1, onnotice: () => {} });
}

/** Makes the sessions of somebody older, by minutes, as time would. */
export async function sessionsAged(email: string, ages: Ages): Promise<void> {
  const database = openDatabase();
  try {
    await database.begin(async (sql) => {
      await sql`select set_config('app.email', ${email}, true)`;
      await sql`select set_config('app.account_id', id::text, true) from accounts where email = ${email}`;
      for (const [column, minutes] of Object.entries(ages)) {
        await sql`update sessions set ${sql(column)} = ${sql(column)} - make_interval(mins => ${minutes})`;
      }
    });
  } finally {
    await database.end();
  }
}
