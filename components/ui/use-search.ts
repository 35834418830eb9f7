"use client";

import { useEffect, useState } from "react";

const pause = 150;

type Answer<T> = { words: string; result?: T };

type SearchOptions = {
  /** The name of the search parameter. */
  parameter: string;
  /** The minimum number of characters. */
  shortest: number;
};

/**
 * Searches on the server as the user types: pending, a result or a failure. Earlier requests are aborted and their
 * responses ignored. `retry` repeats a failed request.
 */
export function useSearch<T>(source: string | undefined, sought: string, { parameter, shortest }: SearchOptions) {
  const [answer, setAnswer] = useState<Answer<T>>();
  const [attempt, setAttempt] = useState(0);
  const words = sought.trim();

  useEffect(() => {
    if (!source || words.length < shortest) return;
    const gone = new AbortController();
    const ask = async () => {
      const query = new URLSearchParams({ [parameter]: words });
      const response = await fetch(`${source}${source.includes("?") ? "&" : "?"}${query}`, { signal: gone.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`The search was answered ${response.status}`);
      return (await response.json()) as T;
    };
    const timer = window.setTimeout(() => {
      ask().then(
        (result) => gone.signal.aborted || setAnswer({ words, result }),
        () => gone.signal.aborted || setAnswer({ words }),
      );
    }, pause);
    return () => {
      window.clearTimeout(timer);
      gone.abort();
    };
  }, [source, parameter, shortest, words, attempt]);

  const current = words.length >= shortest && answer?.words === words ? answer : undefined;
  const hasFailed = current !== undefined && current.result === undefined;
  return { result: current?.result, hasFailed, retry: () => setAttempt((before) => before + 1) };
}
