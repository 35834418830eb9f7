import "server-only";
import { dictionary } from "@zxcvbn-ts/language-common";
import { additionalCommonPasswords } from "./additional-common";

const leetCharacters = "01345789@$!+";
const leetLetters = "oieastbgasit";
const keyboardRows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
];
const keyboardRuns = keyboardRows.flatMap((row) => [row, [...row].reverse().join("")]);

const publishedList = (dictionary["passwords-common"] ?? []).map((entry) => String(entry).toLowerCase());
const commonPasswords = new Set<string>([...publishedList, ...additionalCommonPasswords]);

/** Replaces leet characters by letters: `p@ssw0rd` becomes `password`. */
export const deleet = (text: string): string =>
  [...text].map((character) => leetLetters[leetCharacters.indexOf(character)] ?? character).join("");

const isInList = (text: string) => commonPasswords.has(text) || commonPasswords.has(deleet(text));

/** The shortest unit whose repetition gives the text, or the text itself. */
function repeatedUnit(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1);
  return text.slice(0, at);
}

/** The text without its last one to four non-letters, one variant each. */
function withoutSuffixes(text: string): string[] {
  const padding = /[^\p{L}]{0,4}$/u.exec(text)?.[0].length ?? 0;
  return Array.from({ length: padding }, (_, at) => text.slice(0, -1 - at));
}

/** Whether the text is a listed word with a few non-letters around it. */
function isPadded(text: string): boolean {
  const core = text.replace(/^[^\p{L}]+/u, "").replace(/[^\p{L}]+$/u, "");
  return [core, ...withoutSuffixes(text)].some((word) => word.length >= 3 && text.length - word.length < 8 && isInList(word));
}

/** Whether a password is common: listed, listed with padding, a repetition, or a keyboard run. */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  const unit = repeatedUnit(text);
  if (isInList(text) || isInList(unit) || isPadded(text) || isPadded(unit)) return true;
  return keyboardRuns.some((run) => run.includes(text)) || /^\d{1,11}$/.test(text) || new Set(text).size < 4;
}
