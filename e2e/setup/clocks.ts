import { inDatabase } from "./database.ts";

export type Ages = Partial<Record<"auth_time" | "last_seen_at" | "confirmed_at", number>>;

/** Makes the sessions of somebody older, by minutes, as time would. */
export const sessionsAged = (email: string, ages: Ages): Promise<void> =>
  inDatabase(async (sql) => {
    for (const [column, minutes] of Object.entries(ages)) {
      await sql`update sessions set ${sql(column)} = ${sql(column)} - make_interval(mins => ${minutes})
        where account_id = (select id from accounts where email = ${email})`;
    }
  });
