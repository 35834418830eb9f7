import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";

export type CeremonyChallenge = { challenge: string };

// Challenges expire after five minutes. Keyed by challenge, because a page from the history has its old one.
const firstSeen = new Map<string, number>();
const maxAgeMs = 4 * 60_000;
const refreshTimeoutMs = 10_000;

/** Whether options were used or are about to expire. */
export const isOld = ({ challenge }: CeremonyChallenge) => Date.now() - (firstSeen.get(challenge) ?? Date.now()) > maxAgeMs;

/** The WebAuthn options, refreshed once they were used or are about to expire. */
export function useFreshOptions<O extends CeremonyChallenge>(options: O) {
  const router = useRouter();
  const current = useRef(options);
  const awaited = useRef<((options: O) => void) | undefined>(undefined);

  useEffect(() => {
    current.current = options;
    if (!firstSeen.has(options.challenge)) firstSeen.set(options.challenge, Date.now());
    if (isOld(options)) return;
    awaited.current?.(options);
    awaited.current = undefined;
  }, [options]);

  const renew = useCallback(() => {
    if (isOld(current.current)) router.refresh();
  }, [router]);

  const take = useCallback(async (): Promise<O> => {
    if (!isOld(current.current)) return current.current;
    return new Promise((resolve, reject) => {
      awaited.current = resolve;
      window.setTimeout(() => reject(new Error("No fresh challenge came")), refreshTimeoutMs);
      router.refresh();
    });
  }, [router]);

  const spend = useCallback(({ challenge }: CeremonyChallenge) => void firstSeen.set(challenge, 0), []);
  return { take, renew, spend };
}
