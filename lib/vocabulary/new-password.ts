export const passwordFloor = 8;
export const passwordCeiling = 128;
/** Asked for, but not insisted on, where nothing else than the password is asked (AUT-1). */
export const aloneLength = 15;

/** What one organization asks of the passwords of its members; without a name, what holds for everybody. */
export type PasswordAsk = { by?: string; minimum?: number | null; special?: boolean };

/** One rule for a new password that can be checked anywhere, and what it says to whoever chooses one. */
export type Requirement = { text: string } & ({ least: number } | { special: true });

const special = /[^\p{L}\p{N}\s]/u;
const asked = (by: string | undefined, what: string) => (by ? `${by} asks for ${what}` : `Use ${what}`);

/** The rules of all that ask, each under its name; the floor where nobody asks for more (AUT-1, ACC-21). */
export function requirementsOf(asks: readonly PasswordAsk[]): Requirement[] {
  const lengths = asks.flatMap(({ by, minimum }) => (minimum && minimum > passwordFloor ? [{ by, least: minimum }] : []));
  const signs = asks.filter((ask) => ask.special);
  const floor = [{ by: undefined, least: passwordFloor }];
  return [
    ...(lengths.length > 0 ? lengths : floor).map(({ by, least }) => ({ text: asked(by, `at least ${least} characters`), least })),
    ...signs.map(({ by }) => ({ text: asked(by, "at least one special character, like # or %"), special: true as const })),
  ];
}

/** Whether a password is as one rule asks, counted as it will be hashed. */
export function meets(requirement: Requirement, password: string): boolean {
  const text = password.normalize("NFKC");
  return "least" in requirement ? [...text].length >= requirement.least : special.test(text);
}

export type Strength = 0 | 1 | 2 | 3 | 4;

const kinds: readonly [RegExp, number][] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{N}/u, 10],
  [/[^\p{L}\p{N}]/u, 33],
  [/[\p{Lo}]/u, 100],
];
const steps = [28, 40, 56, 72];
const oneWord = /^[^\p{L}]{0,2}\p{L}\p{Ll}{0,13}[^\p{L}]{0,4}$/u;

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
  const most = oneWord.test(password) ? 1 : 4;
  const reached = Math.min(steps.filter((step) => bits >= step).length, most);
  return ([0, 1, 2, 3, 4] as const)[reached] ?? 0;
}
