import "server-only";
import { meets, type PasswordAsk, passwordCeiling, passwordFloor, requirementsOf } from "@/lib/vocabulary/new-password";
import { isCommon, unmasked } from "./common";
import { normalPassword } from "./normal";

export type PasswordPolicy = {
  /** What each organization asks for. */
  asks?: readonly PasswordAsk[];
  /** Names an attacker would try first: organization, product, person, address. */
  context?: readonly string[];
};

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
  if ([...password].length > passwordCeiling) return [`Use at most ${passwordCeiling} characters`];
  if (!password.isWellFormed() || /\p{Cc}/u.test(password)) return ["Use characters that can be typed again"];
  const unmet = requirementsOf(policy.asks ?? []).filter((requirement) => !meets(requirement, text));
  const problems = unmet.map((requirement) => requirement.text);
  if (text !== "" && isCommon(text)) problems.push("This password is widely used and is guessed first; choose another");
  const word = leansOn(text, policy.context ?? []);
  if (word) problems.push(`The password rests on “${word}”, which others know of you; choose something else`);
  return problems;
}
