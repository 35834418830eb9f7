import { type Environment, env } from "@/lib/env";
import { type Access, openDoor } from "@/lib/web/door";
import { log, startLog } from "@/lib/web/log";
import { siteAt } from "@/lib/web/origin";
import { isStopping, stopInTime } from "@/lib/web/stop";

const kept = globalThis as typeof globalThis & { signalboxBooted?: boolean };

/** Readies the web process, or ends it with the reason when its settings are not fit to run with (CRY-3). */
export function boot(): void {
  if (kept.signalboxBooted) return;
  kept.signalboxBooted = true;
  const settings = settingsOrExit();
  const development = settings.NODE_ENV === "development";
  if (!development) startLog(settings.LOG_LEVEL);
  stopInTime();
  const onForwarded = settings.TRUST_PROXY === 0 ? warnOfProxy : undefined;
  openDoor({ site: siteAt(settings.APP_URL), development, isStopping, onForwarded, onAccess: development ? undefined : recordAccess });
}

function warnOfProxy(): void {
  log().warn("A request says that a proxy passed it on, but TRUST_PROXY is 0: limits and the log take the proxy for the visitor");
}

function settingsOrExit(): Environment {
  try {
    return env();
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : "The settings cannot be read"}\n`);
    return process.exit(1);
  }
}

/** Writes one line for a request that was answered; what every page asks for on its way is told only to whoever wants all of it. */
export function recordAccess(access: Access): void {
  const quiet = access.status < 400 && /^\/(?:_next\/static|api\/health)\//.test(access.path);
  log()[quiet ? "debug" : "info"](access, "Request");
}
