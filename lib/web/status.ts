// Shared by the bundles of one process: the one that renders knows the outcome, the door writes the status line.
const kept = globalThis as typeof globalThis & { signalboxStatuses?: Map<string, Verdict & { at: number }> };

export type Verdict = { status: 401 | 403 | 404 | 429 | 503; retryAfterSeconds?: number };

/** Decides the status of the answer to a request, which Next itself would call 200 or 500. */
export function answerWith(requestId: string | null, verdict: Verdict, now = Date.now()): void {
  if (!requestId) return;
  const verdicts = (kept.signalboxStatuses ??= new Map());
  for (const [id, { at }] of verdicts) if (now - at > 60_000) verdicts.delete(id);
  verdicts.set(requestId, { ...verdict, at: now });
}

/** What was decided about a request, if anything; asking forgets it. */
export function verdictOn(requestId: string): Verdict | undefined {
  const verdict = kept.signalboxStatuses?.get(requestId);
  kept.signalboxStatuses?.delete(requestId);
  return verdict;
}
