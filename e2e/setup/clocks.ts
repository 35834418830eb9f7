import { inDatabase } from "./database.ts";

export type Ages = Partial<Record<"auth_time" | "last_seen_at" | "reauthenticated_at", number>>;

/** Makes the sessions of somebody older, by minutes, as time would. */
export const sessionsAged = (email: string, ages: Ages): Promise<void> =>
  inDatabase(async (sql) => {
    for (const [column, minutes] of Object.entries(ages)) {
      await sql`update sessions set ${sql(column)} = ${sql(column)} - make_interval(mins => ${minutes})
        where account_id = (select id from accounts where email = ${email})`;
    }
  });

const aDay = 86_400_000;

/** The day so many days ago, as an address writes it. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * aDay).toISOString().slice(0, 10);

/** A week of the audit log that is over, in whatever zone it is read: whatever others do meanwhile, it stays as it is. */
export const pastWeek = (): string => `period=range&from=${daysAgo(9)}T00:00Z&to=${daysAgo(2)}T00:00Z`;

const zones: [hours: number, name: string][] = [
  [-10, "Pacific/Honolulu"],
  [-6, "America/Costa_Rica"],
  [-2, "Atlantic/South_Georgia"],
  [2, "Africa/Johannesburg"],
  [6, "Asia/Dhaka"],
  [10, "Pacific/Port_Moresby"],
];

/** A zone in which it is around noon: a journey that begins there today ends today. */
export function zoneAtNoon(): string {
  const hour = new Date().getUTCHours();
  const local = (hours: number) => (hour + hours + 24) % 24;
  return zones.find(([hours]) => local(hours) >= 10 && local(hours) < 14)?.[1] ?? "UTC";
}
