const characterClass = (ranges: readonly string[]) => new RegExp(`[${ranges.join("")}]`, "gu");

// Default-ignorable code points: joiners, fillers, direction marks, variation selectors, tags. As in `visible_text` of the database.
const ignorable = characterClass([
  "\\u00ad", "\\u034f", "\\u061c", "\\u115f", "\\u1160", "\\u17b4", "\\u17b5", "\\u180b-\\u180f", "\\u200b-\\u200f", "\\u202a-\\u202e", "\\u2060-\\u206f",
  "\\u3164", "\\ufe00-\\ufe0f", "\\ufeff", "\\uffa0", "\\ufff0-\\ufff8", "\\u{1bca0}-\\u{1bca3}", "\\u{1d173}-\\u{1d17a}", "\\u{e0000}-\\u{e0fff}",
]);

// Accents and vowel points of Latin, Greek, Cyrillic, Hebrew and Arabic. Marks that are letters, as in Devanagari or Thai, stay.
const accents = characterClass([
  "\\u0300-\\u036f", "\\u0483-\\u0487", "\\u0591-\\u05bd", "\\u05bf", "\\u05c1", "\\u05c2", "\\u05c4", "\\u05c5", "\\u05c7", "\\u0610-\\u061a", "\\u064b-\\u065f",
  "\\u0670", "\\u1ab0-\\u1aff", "\\u1dc0-\\u1dff", "\\u20d0-\\u20ff", "\\ufe20-\\ufe2f",
]);

const letters: Readonly<Record<string, string>> = { æ: "ae", œ: "oe", þ: "th", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", ø: "o", ŧ: "t" };

/** The key of a name, equal for names that look alike; the same as `fold_name` of the database. */
export const foldName = (text: string): string =>
  text
    .replaceAll(ignorable, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replaceAll("ß", "ss")
    .normalize("NFKC")
    .replaceAll(/[\t-\r \u0085\u1680\u2028\u2029]+/g, " ")
    .replaceAll(/^ | $/g, "");

/** The form in which texts are searched: like `foldName`, without accents; the same as `fold_search` of the database. */
export const foldSearch = (text: string): string =>
  foldName(text)
    .normalize("NFKD")
    .replaceAll(/[æœþđðħıłøŧ]/g, (letter) => letters[letter] ?? letter)
    .replaceAll(accents, "")
    .normalize("NFC");

const maxWords = 20;

/** The words of a search term, folded, each once. */
export const searchWords = (term: string): string[] => [...new Set(foldSearch(term).split(" ").filter(Boolean))].slice(0, maxWords);

/** Whether every word of a search term is somewhere in the texts. */
export function matchesSearch(term: string, ...texts: readonly string[]): boolean {
  const text = foldSearch(texts.join(" "));
  return searchWords(term).every((word) => text.includes(word));
}
