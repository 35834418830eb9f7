import { randomBytes } from "node:crypto";
import { format, stripVTControlCharacters } from "node:util";
import { type DestinationStream, type Logger, pino } from "pino";
import { describeFault, neutral } from "@/lib/web/neutral";
import { isDatabaseGone } from "@/lib/web/outage";
import { currentRequestId } from "@/lib/web/request-context";
import { setResponseStatus } from "@/lib/web/response-status";

type Settings = { level: string; app?: "web" | "worker"; destination?: DestinationStream };

/** A log of JSON lines in which no secret, address, password or control character survives. */
export function openLog({ level, app = "web", destination }: Settings): Logger {
  return pino(
    {
      level,
      base: { app },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args.map((value: unknown) => neutral(value));
          method.apply(this, typeof first === "object" && first !== null ? [first, ...rest.map(String)] : [String(first)]);
        },
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

// One log per process, also when a bundler loads this module more than once.
const kept = globalThis as typeof globalThis & { signalboxLog?: Logger; signalboxFaults?: WeakMap<object, string> };

/** The log of this process; silent until the server has started. */
export const log = () => (kept.signalboxLog ??= openLog({ level: "silent" }));

/** Starts the log of this process at a level and sends everything written to the console through it. */
export function startLog(level: string, app: Settings["app"] = "web"): void {
  kept.signalboxLog = openLog({ level, app });
  for (const name of ["debug", "log", "info", "warn", "error"] as const) {
    const severity = name === "log" ? "info" : name;
    console[name] = (...args: unknown[]) => writeConsole(severity, args);
  }
}

function writeConsole(severity: "debug" | "info" | "warn" | "error", args: unknown[]): void {
  const fault = args.find((value) => value instanceof Error);
  if (fault) logFault(fault);
  else log()[severity]({ requestId: currentRequestId() }, stripVTControlCharacters(format(...args)).trim());
}

export type FaultPlace = { requestId?: string; route?: string };

/** Records an unexpected error once, and returns the id under which a person can quote it. */
export function logFault(fault: unknown, { requestId = currentRequestId(), route }: FaultPlace = {}): string {
  const seen = (kept.signalboxFaults ??= new WeakMap());
  const known = typeof fault === "object" && fault !== null ? seen.get(fault) : undefined;
  if (known) return known;
  if (isDatabaseGone(fault)) setResponseStatus(503, { retryAfterSeconds: 5 });
  const errorId = digestOf(fault) ?? randomBytes(6).toString("hex");
  if (typeof fault === "object" && fault !== null) seen.set(fault, errorId);
  log().error({ errorId, requestId, route, error: describeFault(fault) }, "Unexpected error");
  return errorId;
}

function digestOf(fault: unknown): string | undefined {
  if (typeof fault !== "object" || fault === null || !("digest" in fault)) return undefined;
  return typeof fault.digest === "string" && /^[\w@-]{4,40}$/.test(fault.digest) ? fault.digest : undefined;
}
