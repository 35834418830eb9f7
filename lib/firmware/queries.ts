import "server-only";
import { type ScheduledRun, scheduledRun } from "@/lib/firmware/next-run";
import { GetNextRun } from "@/lib/firmware/schema";
import { query } from "@/lib/kernel/query";

/** The next run of a schedule if it is saved now, in words; nothing of it is read from a site. */
export const getNextRun = query({
  permission: "site.read",
  input: GetNextRun,
  run: (_view, { schedule, hours }): Promise<ScheduledRun> => Promise.resolve(scheduledRun(schedule, hours)),
});
