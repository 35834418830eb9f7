import { Console } from "node:console";
import { randomBytes } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Writable } from "node:stream";
import { format, stripVTControlCharacters } from "node:util";
import { type DestinationStream, type Logger, pino } from "pino";
import { serializeError, redact } from "@/lib/web/redact";
import { isDatabaseUnavailable } from "@/lib/web/database-unavailable";
import { currentRequestId, isUnreadRequest } from "@/lib/web/request-context";
import { setResponseStatus } from "@/lib/web/response-status";

type Settings = { level: string; app?: "web" | "worker"; destination?: DestinationStream };

/** Creates a JSON line logger that redacts secrets, addresses, passwords and control characters. */
export function createLogger({ level, app = "web", destination }: Settings): Logger {
  return pino(
    {
      level,
      base: { app },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args.map((value: unknown) => redact(value));
          method.apply(this, typeof first === "object" && first !== null ? [first, ...rest.map(String)] : [String(first)]);
        },
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

// One logger per process, even if a bundler loads this module twice.
const globals = globalThis as typeof globalThis & { signalboxLog?: Logger; signalboxErrorIds?: WeakMap<object, string> };

/** Returns the logger of this process; silent until the server has started. */
export const log = () => (globals.signalboxLog ??= createLogger({ level: "silent" }));

/** Creates the logger of this process and redirects the console to it. */
export function startLogging(level: string, app: Settings["app"] = "web"): void {
  globals.signalboxLog = createLogger({ level, app });
  captureConsole();
}

const severities = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;

/** Redirects console output to the log; returns a function that restores it. */
export function captureConsole(): () => void {
  const previous = globalThis.console;
  globalThis.console = new Console({ stdout: new Writable({ write: (_chunk, _encoding, done) => done() }) });
  const listeners = Object.entries(severities).map(([name, severity]) => {
    const listener = (args: unknown) => logConsole(severity, args as unknown[]);
    subscribe(`console.${name}`, listener);
    return () => unsubscribe(`console.${name}`, listener);
  });
  return () => {
    for (const stop of listeners) stop();
    globalThis.console = previous;
  };
}

function logConsole(severity: "debug" | "info" | "warn" | "error", args: unknown[]): void {
  const error = args.find((value) => value instanceof Error);
  if (error && severity === "error") logError(error);
  else log()[severity]({ requestId: currentRequestId() }, stripVTControlCharacters(format(...args)).trim().slice(0, 2_000));
}

export type ErrorContext = { requestId?: string; route?: string };

/** Logs an unexpected error once and returns its error id for the user. */
export function logError(error: unknown, { requestId = currentRequestId(), route }: ErrorContext = {}): string {
  const errorIds = (globals.signalboxErrorIds ??= new WeakMap());
  const known = typeof error === "object" && error !== null ? errorIds.get(error) : undefined;
  if (known) return known;
  if (isDatabaseUnavailable(error)) setResponseStatus(503, { retryAfterSeconds: 5 });
  const errorId = readDigest(error) ?? randomBytes(6).toString("hex");
  if (typeof error === "object" && error !== null) errorIds.set(error, errorId);
  if (isUnreadRequest()) {
    const { name, message } = serializeError(error);
    log().warn({ errorId, requestId, route, error: { name, message: message.slice(0, 200) } }, "Unreadable request");
    return errorId;
  }
  log().error({ errorId, requestId, route, error: serializeError(error) }, "Unexpected error");
  return errorId;
}

function readDigest(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" && /^[\w@-]{4,40}$/.test(error.digest) ? error.digest : undefined;
}
