import { type Environment, env } from "@/lib/env";
import { type Access, openDoor } from "@/lib/web/door";
import { log, startLogging } from "@/lib/web/log";
import { siteAt } from "@/lib/web/origin";
import { isShuttingDown, enforceShutdownTimeout } from "@/lib/web/shutdown";

const globals = globalThis as typeof globalThis & { signalboxStarted?: boolean };

/** Initializes the web process, or exits with the reason when the settings are invalid. */
export function startWebProcess(): void {
  if (globals.signalboxStarted) return;
  globals.signalboxStarted = true;
  const settings = settingsOrExit();
  const development = settings.NODE_ENV === "development";
  if (!development) startLogging(settings.LOG_LEVEL);
  enforceShutdownTimeout();
  const onForwarded = settings.TRUST_PROXY === 0 ? warnAboutProxy : undefined;
  openDoor({ site: siteAt(settings.APP_URL), development, isStopping: isShuttingDown, onForwarded, onAccess: development ? undefined : logAccess });
}

function warnAboutProxy(): void {
  log().warn("A request has a forwarding header, but TRUST_PROXY is 0: rate limits and the log use the address of the proxy");
}

function settingsOrExit(): Environment {
  try {
    return env();
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : "The settings cannot be read"}\n`);
    return process.exit(1);
  }
}

/** Logs a request; successful ones for static files and health checks only at debug level. */
export function logAccess(access: Access): void {
  const isRoutine = access.status < 400 && /^\/(?:_next\/static|api\/health)\//.test(access.path);
  log()[isRoutine ? "debug" : "info"](access, "Request");
}
