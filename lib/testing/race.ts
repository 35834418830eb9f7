/** "done", the error code, or the text of an unexpected error. */
const outcomeOf = (settled: PromiseSettledResult<unknown>): string =>
  settled.status === "fulfilled" ? "done" : String((settled.reason as { code?: string }).code ?? settled.reason);

/** Runs the attempts concurrently and returns their outcomes. */
export const race = async (attempts: Promise<unknown>[]): Promise<string[]> => (await Promise.allSettled(attempts)).map(outcomeOf);

/** Twenty rounds, because the interleaving differs each time. */
export const rounds: readonly number[] = Array.from({ length: 20 }, (_, round) => round);
