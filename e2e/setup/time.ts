import { inDatabase } from "./database.ts";

export type Ages = Partial<Record<"auth_time" | "last_seen_at" | "reauthenticated_at", number>>;

/** Moves timestamps of an account's sessions into the past, by minutes. */
export const ageSessions = (email: string, ages: Ages): Promise<void> =>
  inDatabase(async (sql) => {
    for (const [column, minutes] of Object.entries(ages)) {
      await sql`update sessions set ${sql(column)} = ${sql(column)} - make_interval(mins => ${minutes})
        where account_id = (select id from accounts where email = ${email})`;
    }
  });

const aDay = 86_400_000;

/** The date some days ago, in ISO format. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * aDay).toISOString().slice(0, 10);

/** A past week of the audit log, which other tests do not change. */
export const pastWeek = (): string => `period=range&from=${daysAgo(9)}T00:00Z&to=${daysAgo(2)}T00:00Z`;

const zones: [hours: number, name: string][] = [
  [-10, "Pacific/Honolulu"],
  [-6, "America/Costa_Rica"],
  [-2, "Atlantic/South_Georgia"],
  [2, "Africa/Johannesburg"],
  [6, "Asia/Dhaka"],
  [10, "Pacific/Port_Moresby"],
];

/** A time zone in which it is around noon, so that a test does not run past midnight. */
export function timeZoneNearNoon(): string {
  const hour = new Date().getUTCHours();
  const local = (hours: number) => (hour + hours + 24) % 24;
  return zones.find(([hours]) => local(hours) >= 10 && local(hours) < 14)?.[1] ?? "UTC";
}
