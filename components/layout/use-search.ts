"use client";

import { useEffect, useState } from "react";
import type { Command } from "./filter-commands";

const pause = 150;

/** What the server finds for the words typed, when it finds it; nothing while nobody types, and nothing when it fails. */
export function useSearch(source: string | undefined, sought: string): readonly Command[] {
  const [answered, setAnswered] = useState<{ words: string; finds: readonly Command[] }>({ words: "", finds: [] });
  const words = sought.trim();

  useEffect(() => {
    if (!source || words.length < 2) return;
    const gone = new AbortController();
    const ask = async () => {
      const query = new URLSearchParams({ q: words });
      const answer = await fetch(`${source}?${query}`, { signal: gone.signal, headers: { Accept: "application/json" } });
      setAnswered({ words, finds: answer.ok ? ((await answer.json()) as Command[]) : [] });
    };
    const timer = window.setTimeout(() => void ask().catch(() => {}), pause);
    return () => {
      window.clearTimeout(timer);
      gone.abort();
    };
  }, [source, words]);

  return answered.words === words ? answered.finds : [];
}
