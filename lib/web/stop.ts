const kept = globalThis as typeof globalThis & { signalboxStopping?: boolean };

/** Whether this process has been asked to end. */
export const isStopping = (): boolean => kept.signalboxStopping ?? false;

/** Makes sure that the process ends when asked, also with an answer still streaming (REL-5). */
export function stopInTime(seconds = 25): void {
  for (const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130]] as const) {
    process.once(signal, () => {
      kept.signalboxStopping = true;
      setTimeout(() => process.exit(code), seconds * 1_000).unref();
    });
  }
}
