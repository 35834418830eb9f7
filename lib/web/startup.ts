import { type Environment, env } from "@/lib/env";
import { instanceCatalog } from "@/lib/instances";
import { parseAppUrl } from "@/lib/web/app-origin";
import { loadErrorPages } from "@/lib/web/error-page";
import { type AccessEntry, installHttpGuard } from "@/lib/web/http-guard";
import { log, startLogging } from "@/lib/web/log";
import { enforceShutdownTimeout, isShuttingDown } from "@/lib/web/shutdown";

const globals = globalThis as typeof globalThis & { signalboxStarted?: boolean };

/** Initializes the web process, or exits with the reason when the settings are invalid. */
export function startWebProcess(): void {
  if (globals.signalboxStarted) return;
  globals.signalboxStarted = true;
  const settings = settingsOrExit();
  const development = settings.NODE_ENV === "development";
  if (!development) startLogging(settings.LOG_LEVEL);
  loadErrorPages();
  enforceShutdownTimeout();
  installHttpGuard({
    app: parseAppUrl(settings.APP_URL),
    trustedProxies: settings.TRUST_PROXY,
    development,
    isStopping: isShuttingDown,
    onForwarded: settings.TRUST_PROXY === 0 ? once(warnAboutProxy) : undefined,
    onAccess: development ? undefined : logAccess,
  });
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

function warnAboutProxy(): void {
  log().warn("A request has a forwarding header, but TRUST_PROXY is 0: rate limits and the log use the address of the proxy");
}

function settingsOrExit(): Environment {
  try {
    instanceCatalog();
    return env();
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : "The settings cannot be read"}\n`);
    return process.exit(1);
  }
}

/** Logs a request; successful ones for static files and health checks only at debug level. */
export function logAccess(entry: AccessEntry): void {
  const isRoutine = entry.status < 400 && /^\/(?:_next\/static|api\/health)\//.test(entry.path);
  log()[isRoutine ? "debug" : "info"](entry, "Request");
}
