import type { IncomingMessage } from "node:http";

export type BodyLimits = { perClient: number; total: number; timeoutMs: number };

export const bodyLimits: BodyLimits = { perClient: 20, total: 200, timeoutMs: 15_000 };

const byClient = new Map<string, number>();
let total = 0;

/** How many request bodies have begun and not ended yet. */
export const unfinishedBodies = (): number => total;

/**
 * Counts a request with a body until the body has arrived, and cuts off one that takes too long; false, and not counted,
 * when too many are unfinished already.
 */
export function admitBody(request: IncomingMessage, client: string, limits = bodyLimits): boolean {
  const own = byClient.get(client) ?? 0;
  if (own >= limits.perClient || total >= limits.total) return false;
  byClient.set(client, own + 1);
  total += 1;
  const timeout = setTimeout(() => request.destroy(), limits.timeoutMs);
  const finish = () => {
    clearTimeout(timeout);
    request.off("end", finish).off("close", finish);
    const left = (byClient.get(client) ?? 1) - 1;
    if (left > 0) byClient.set(client, left);
    else byClient.delete(client);
    total -= 1;
  };
  request.once("end", finish).once("close", finish);
  return true;
}
