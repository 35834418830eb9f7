import "server-only";
import { dictionary } from "@zxcvbn-ts/language-common";
import { moreCommon } from "./more-common";

const masks = "01345789@$!+";
const letters = "oieastbgasit";
const rows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
];
const runs = rows.flatMap((row) => [row, [...row].reverse().join("")]);

const published = (dictionary["passwords-common"] ?? []).map((entry) => String(entry).toLowerCase());
const listed = new Set<string>([...published, ...moreCommon]);

/** Reads `p@ssw0rd` as `password`. */
export const unmasked = (text: string): string =>
  [...text].map((character) => letters[masks.indexOf(character)] ?? character).join("");

const isListed = (text: string) => listed.has(text) || listed.has(unmasked(text));

/** The part that is repeated to make up the whole text, or the text itself. */
function unitOf(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1);
  return text.slice(0, at);
}

/** What is left of a text when a few digits and signs at its end are taken off, one by one. */
function trimmings(text: string): string[] {
  const padding = /[^\p{L}]{0,4}$/u.exec(text)?.[0].length ?? 0;
  return Array.from({ length: padding }, (_, at) => text.slice(0, -1 - at));
}

/** A listed word with a few digits or signs before or after it is guessed as quickly as the word. */
function isPadded(text: string): boolean {
  const core = text.replace(/^[^\p{L}]+/u, "").replace(/[^\p{L}]+$/u, "");
  return [core, ...trimmings(text)].some((word) => word.length >= 3 && text.length - word.length < 8 && isListed(word));
}

/** Whether a password is among those that are tried first: listed, listed with padding, repeated, or a keyboard run. */
export function isCommon(password: string): boolean {
  const text = password.toLowerCase();
  const unit = unitOf(text);
  if (isListed(text) || isListed(unit) || isPadded(text) || isPadded(unit)) return true;
  return runs.some((run) => run.includes(text)) || /^\d{1,11}$/.test(text) || new Set(text).size < 4;
}
