import "server-only";
import { meetsRequirement, type OrgPasswordRules, maxPasswordLength, minPasswordLength, normalizePassword, passwordRequirements } from "@/lib/shared/password-rules";
import { isCommonPassword, deleet } from "./common";

/** A name that is guessed first, and whose it is in words: "your email address". */
type GuessableName = { name: string; source: string };

export type PasswordPolicy = {
  /** The rules of each of the person's organizations. */
  asks?: readonly OrgPasswordRules[];
  /** The names of the product, the organizations and the person, and the email address. */
  names?: readonly GuessableName[];
};

const lettersAndDigits = (text: string) => normalizePassword(text).toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

type GuessableWord = { word: string; source: string };

function guessableWords(names: readonly GuessableName[]): GuessableWord[] {
  const words = names.flatMap(({ name, source }) => [name, ...name.split(/[^\p{L}\p{N}]+/u)].map((part) => ({ word: lettersAndDigits(part), source })));
  return words.filter(({ word }) => word.length >= 4).sort((one, other) => other.word.length - one.word.length);
}

/** The word without which too little of the password is left. */
function guessableWord(password: string, names: readonly GuessableName[]): GuessableWord | undefined {
  const words = guessableWords(names);
  return [lettersAndDigits(password), lettersAndDigits(deleet(password.toLowerCase()))].flatMap((text) => {
    const found = words.filter(({ word }) => text.includes(word));
    const rest = found.reduce((remaining, { word }) => remaining.replaceAll(word, ""), text);
    const isTooShort = rest.length < minPasswordLength || !/\p{L}/u.test(rest);
    return isTooShort ? found : [];
  })[0];
}

/** The messages for a rejected new password; empty when it is accepted. */
export function passwordProblems(password: string, policy: PasswordPolicy = {}): string[] {
  const text = normalizePassword(password);
  if ([...text].length > maxPasswordLength) return [`Use at most ${maxPasswordLength} characters`];
  if (!password.isWellFormed() || /\p{Cc}/u.test(password)) return ["Use characters that can be typed again"];
  const unmet = passwordRequirements(policy.asks ?? []).filter((requirement) => !meetsRequirement(requirement, text));
  const problems = unmet.map((requirement) => requirement.text);
  if (text !== "" && isCommonPassword(text)) problems.push("Too easy to guess: many people use this password");
  const guessable = guessableWord(text, policy.names ?? []);
  if (guessable) problems.push(`Too easy to guess: it contains “${guessable.word}”, from ${guessable.source}`);
  return problems;
}
