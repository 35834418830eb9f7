import { ServiceUnavailableError } from "@/lib/integrations/service-errors";

const maxRetrySeconds = 900;
const maxPauseSeconds = 60;
const millisecondsPerDay = 86_400_000;

/** How long an email that cannot be delivered is retried, in days. */
export const retryDays = 7;

/** Seconds until the next attempt after this many: exponential backoff up to a quarter of an hour. */
export const retrySeconds = (attempts: number) => Math.min(5 * 2 ** Math.max(0, attempts - 1), maxRetrySeconds);

/** Whether an email is too old to be attempted again. */
export const isOverdue = (createdAt: Date, now = Date.now()) => now - createdAt.getTime() > retryDays * millisecondsPerDay;

/**
 * Tracks whether the mail service is down. While it is, one email at a time probes it, after pauses of up to a minute,
 * instead of each queued email on its own.
 */
export function trackService(now: () => number = Date.now) {
  let failures = 0;
  let pausedUntil = 0;
  return {
    /** How many deliveries may run at once. */
    allowed: (concurrency: number) => (now() < pausedUntil ? 0 : failures > 0 ? 1 : concurrency),
    failed({ retryAfterSeconds }: ServiceUnavailableError) {
      // Deliveries that had begun before the pause report the same failure.
      if (now() < pausedUntil) return;
      failures += 1;
      const pause = retryAfterSeconds ?? Math.min(5 * 2 ** (failures - 1), maxPauseSeconds);
      pausedUntil = now() + pause * 1_000;
    },
    succeeded() {
      failures = 0;
      pausedUntil = 0;
    },
  };
}
