export type Strength = 0 | 1 | 2 | 3 | 4;

const kinds: readonly [RegExp, number][] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{N}/u, 10],
  [/[^\p{L}\p{N}]/u, 33],
  [/[\p{Lo}]/u, 100],
];
const steps = [28, 40, 56, 72];

/** Characters that are not the one before them, nor its neighbour in the alphabet. */
function freshCharacters(characters: readonly string[]): number {
  const codes = characters.map((character) => character.toLowerCase().codePointAt(0) ?? 0);
  return codes.filter((code, at) => at === 0 || Math.abs(code - (codes[at - 1] ?? 0)) > 1).length;
}

/** How hard a password is to guess, from 0 (at once) to 4 (not in a lifetime); light enough for the browser. */
export function strength(password: string): Strength {
  const characters = [...password.normalize("NFKC")];
  if (characters.length < 8) return 0;
  const alphabet = kinds.reduce((sum, [kind, size]) => (kind.test(password) ? sum + size : sum), 0);
  const distinct = new Set(characters.map((character) => character.toLowerCase())).size;
  const length = Math.min(freshCharacters(characters), distinct * 2);
  const bits = length * Math.log2(Math.max(alphabet, 2));
  const reached = steps.filter((step) => bits >= step).length;
  return ([0, 1, 2, 3, 4] as const)[reached] ?? 0;
}
