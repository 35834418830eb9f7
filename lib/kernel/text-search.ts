import { and, type SQL } from "drizzle-orm";
import { likePattern } from "@/lib/kernel/keyset-pagination";
import { searchWords } from "@/lib/shared/fold-text";

/** The condition that every word of a search term is found; `matchesWord` gets the word and its `like` pattern, both folded. */
export const searchCondition = (term: string | undefined, matchesWord: (pattern: string, word: string) => SQL | undefined): SQL | undefined =>
  and(...searchWords(term ?? "").map((word) => matchesWord(likePattern(word), word)));
