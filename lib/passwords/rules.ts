import "server-only";
import { isCommon, unmasked } from "./common";
import { normalPassword } from "./normal";

export const passwordFloor = 8;
export const passwordCeiling = 128;

export type PasswordPolicy = {
  minimum?: number;
  special?: boolean;
  /** Names an attacker would try first: organization, product, person, address. */
  context?: readonly string[];
};

const special = /[^\p{L}\p{N}\s]/u;

const bare = (text: string) => normalPassword(text).toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

function contextWords(context: readonly string[]): string[] {
  const words = context.flatMap((name) => [bare(name), ...name.split(/[^\p{L}\p{N}]+/u).map(bare)]);
  return [...new Set(words)].filter((word) => word.length >= 4).sort((one, other) => other.length - one.length);
}

/** The context word a password leans on: without it, too little is left to guess. */
function leansOn(password: string, context: readonly string[]): string | undefined {
  const words = contextWords(context);
  return [bare(password), bare(unmasked(password.toLowerCase()))].flatMap((text) => {
    const used = words.filter((word) => text.includes(word));
    const left = used.reduce((rest, word) => rest.replaceAll(word, ""), text);
    const thin = left.length < passwordFloor || !/\p{L}/u.test(left);
    return thin ? used : [];
  })[0];
}

/** What is wrong with a new password, said to the person who chose it; empty when it is good (AUT-1, AUT-2). */
export function passwordProblems(password: string, policy: PasswordPolicy = {}): string[] {
  const text = normalPassword(password);
  const minimum = Math.max(policy.minimum ?? passwordFloor, passwordFloor);
  if ([...password].length > passwordCeiling) return [`Use at most ${passwordCeiling} characters`];
  if (!password.isWellFormed() || /\p{Cc}/u.test(password)) return ["Use characters that can be typed again"];
  const problems: string[] = [];
  if ([...text].length < minimum) problems.push(`Use at least ${minimum} characters`);
  if (policy.special && !special.test(text)) problems.push("Use at least one special character, like # or %");
  if (text !== "" && isCommon(text)) problems.push("This password is widely used and is guessed first; choose another");
  const word = leansOn(text, policy.context ?? []);
  if (word) problems.push(`The password rests on “${word}”, which others know of you; choose something else`);
  return problems;
}
