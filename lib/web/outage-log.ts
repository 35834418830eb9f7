import { log } from "@/lib/web/log";
import { serializeError } from "@/lib/web/redact";

type OutageOptions = { quietMs?: number; now?: () => number };

/**
 * Logs an outage once when it begins, with its reason, and once when it ends: when the service works and no failure
 * was reported for `quietMs`.
 */
export function outageLog(service: string, { quietMs = 0, now = Date.now }: OutageOptions = {}) {
  let outage: { begin: number; last: number } | undefined;
  return {
    noticed(error: unknown) {
      if (outage) return void (outage.last = now());
      outage = { begin: now(), last: now() };
      const { name, message, code } = serializeError(error);
      log().error({ reason: { name, message, code } }, `${service} is unavailable`);
    },
    works() {
      if (!outage || now() - outage.last < quietMs) return;
      log().info({ seconds: Math.round((now() - outage.begin) / 1_000) }, `${service} is available again`);
      outage = undefined;
    },
  };
}
