export const minPasswordLength = 8;
export const maxPasswordLength = 128;
/** Before normalization, because Unicode composition differs by keyboard. */
export const maxTypedPasswordLength = maxPasswordLength * 8;
export const passwordTooLong = `A password has at most ${maxPasswordLength} characters`;
/** Recommended, not required, for accounts without a second factor. */
export const passwordOnlyMinLength = 15;

/** Password rules of one organization; without a name, the rules for every account. */
export type OrgPasswordRules = { by?: string; minimum?: number | null; special?: boolean };

/** One rule for a new password, with its text for the user. */
export type PasswordRequirement = { text: string } & ({ minLength: number } | { special: true });

const specialCharacter = /[^\p{L}\p{N}\s]/u;
const ruleText = (by: string | undefined, rule: string) => (by ? `${by} requires ${rule}` : `Use ${rule}`);

/** Returns the requirements of all organizations, or the minimum length when none asks for more. */
export function passwordRequirements(policies: readonly OrgPasswordRules[]): PasswordRequirement[] {
  const lengths = policies.flatMap(({ by, minimum }) => (minimum && minimum > minPasswordLength ? [{ by, minLength: minimum }] : []));
  const withSpecial = policies.filter((policy) => policy.special);
  const fallback = [{ by: undefined, minLength: minPasswordLength }];
  return [
    ...(lengths.length > 0 ? lengths : fallback).map(({ by, minLength }) => ({ text: ruleText(by, `at least ${minLength} characters`), minLength })),
    ...withSpecial.map(({ by }) => ({ text: ruleText(by, "at least one special character, like # or %"), special: true as const })),
  ];
}

/** Normalizes a password (NFKC), so that it is the same from every keyboard; what is beyond the limit is cut, and stays too long. */
export const normalizePassword = (password: string): string => password.slice(0, maxTypedPasswordLength + 1).normalize("NFKC");

/** Whether a password meets a requirement, in the normalization in which it is hashed. */
export function meetsRequirement(requirement: PasswordRequirement, password: string): boolean {
  const text = normalizePassword(password);
  return "minLength" in requirement ? [...text].length >= requirement.minLength : specialCharacter.test(text);
}

/** The rules that a password does not meet, as far as policies ask: the shortest length that it lacks, and a special character. */
export type UnmetPasswordRules = { minLength?: number; special?: true };

/** Returns the rules of these organizations that a password does not meet, or null when it meets them all. */
export function unmetPasswordRules(password: string, policies: readonly OrgPasswordRules[]): UnmetPasswordRules | null {
  const unmet = passwordRequirements(policies).filter((requirement) => !meetsRequirement(requirement, password));
  const lengths = unmet.flatMap((requirement) => ("minLength" in requirement ? [requirement.minLength] : []));
  if (unmet.length === 0) return null;
  return { ...(lengths.length > 0 && { minLength: Math.min(...lengths) }), ...(unmet.some((requirement) => "special" in requirement) && { special: true }) };
}

export type PasswordStrength = 0 | 1 | 2 | 3 | 4;

const characterClasses: readonly [RegExp, number][] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{N}/u, 10],
  [/[^\p{L}\p{N}]/u, 33],
  [/[\p{Lo}]/u, 100],
];
const bitThresholds = [28, 40, 56, 72];
const singleWord = /^[^\p{L}]{0,2}\p{L}\p{Ll}{0,13}[^\p{L}]{0,4}$/u;

/** Counts the characters that neither repeat the one before them nor are next to it in the alphabet. */
function countUnpredictable(characters: readonly string[]): number {
  const codes = characters.map((character) => character.toLowerCase().codePointAt(0) ?? 0);
  return codes.filter((code, at) => at === 0 || Math.abs(code - (codes[at - 1] ?? 0)) > 1).length;
}

/** Estimates password strength from 0 (trivial) to 4 (infeasible to guess). */
export function passwordStrength(password: string): PasswordStrength {
  const characters = [...normalizePassword(password)];
  if (characters.length < 8) return 0;
  const alphabet = characterClasses.reduce((sum, [pattern, size]) => (pattern.test(password) ? sum + size : sum), 0);
  const distinct = new Set(characters.map((character) => character.toLowerCase())).size;
  const length = Math.min(countUnpredictable(characters), distinct * 2);
  const bits = length * Math.log2(Math.max(alphabet, 2));
  const maxScore = singleWord.test(password) ? 1 : 4;
  const score = Math.min(bitThresholds.filter((threshold) => bits >= threshold).length, maxScore);
  return ([0, 1, 2, 3, 4] as const)[score] ?? 0;
}
