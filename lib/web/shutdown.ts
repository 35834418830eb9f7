const globals = globalThis as typeof globalThis & { signalboxStopping?: boolean };

/** Whether this process has received SIGTERM or SIGINT. */
export const isShuttingDown = (): boolean => globals.signalboxStopping ?? false;

/** Exits a number of seconds after SIGTERM or SIGINT, even while a response is still streaming. */
export function enforceShutdownTimeout(seconds = 25): void {
  for (const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130]] as const) {
    process.once(signal, () => {
      globals.signalboxStopping = true;
      setTimeout(() => process.exit(code), seconds * 1_000).unref();
    });
  }
}
