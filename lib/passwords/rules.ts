import "server-only";
import { meetsRequirement, type OrgPasswordRules, maxPasswordLength, minPasswordLength, normalizePassword, passwordRequirements } from "@/lib/shared/password-rules";
import { isCommonPassword, deleet } from "./common";

export type PasswordPolicy = {
  /** The rules of each of the person's organizations. */
  asks?: readonly OrgPasswordRules[];
  /** Names that are guessed first: organization, product, person, email address. */
  context?: readonly string[];
};

const lettersAndDigits = (text: string) => normalizePassword(text).toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

function contextWords(context: readonly string[]): string[] {
  const words = context.flatMap((name) => [lettersAndDigits(name), ...name.split(/[^\p{L}\p{N}]+/u).map(lettersAndDigits)]);
  return [...new Set(words)].filter((word) => word.length >= 4).sort((one, other) => other.length - one.length);
}

/** The context word without which too little of the password is left. */
function guessableWord(password: string, context: readonly string[]): string | undefined {
  const words = contextWords(context);
  return [lettersAndDigits(password), lettersAndDigits(deleet(password.toLowerCase()))].flatMap((text) => {
    const found = words.filter((word) => text.includes(word));
    const rest = found.reduce((remaining, word) => remaining.replaceAll(word, ""), text);
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
  if (text !== "" && isCommonPassword(text)) problems.push("This password is widely used and is guessed first; choose another");
  const word = guessableWord(text, policy.context ?? []);
  if (word) problems.push(`The password rests on “${word}”, which others know of you; choose something else`);
  return problems;
}
