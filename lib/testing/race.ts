/** "done", or the code of the refusal; anything else that went wrong stands for itself, so that a test names it. */
const outcomeOf = (settled: PromiseSettledResult<unknown>): string =>
  settled.status === "fulfilled" ? "done" : String((settled.reason as { code?: string }).code ?? settled.reason);

/** Starts all at once and waits for each. */
export const race = async (attempts: Promise<unknown>[]): Promise<string[]> => (await Promise.allSettled(attempts)).map(outcomeOf);

/** Twenty times in a row, since each meeting at the same moment is another one. */
export const rounds: readonly number[] = Array.from({ length: 20 }, (_, round) => round);
