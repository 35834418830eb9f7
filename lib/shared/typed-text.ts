// Soft hyphens, zero-width spaces, direction marks and byte order marks that copying brings along. Joiners stay: words and emoji need them.
const unseen = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/g;
const joinersAtEnds = /^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g;

/** Removes invisible characters and replaces all other spaces by plain ones. */
export const withoutUnseen = (text: string): string => text.replaceAll(unseen, "").replaceAll(/\p{Zs}+/gu, (spaces) => " ".repeat(spaces.length)).replaceAll(joinersAtEnds, "");

const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** The value of a decimal digit: Unicode lists those of each script from zero to nine without a gap. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (isDigit(code - before - 1)) before += 1;
  return before % 10;
}

/** A text with the digits of every script as 0 to 9. */
export const withAsciiDigits = (text: string): string => text.replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)));

/** A code, number or telephone number in ASCII as far as it has a form there: no unseen characters, plain digits, dashes and spaces. */
export const asciiForm = (text: string): string =>
  withAsciiDigits(text.normalize("NFKC"))
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu, "")
    .replaceAll(/[\p{Pd}\u2212]/gu, "-")
    .replaceAll(/\p{Zs}+/gu, " ");

const separator = /[,;،؛、\n，；､﹐﹑﹔︐︑︔]/u;

/** The items of a list that is separated by commas or semicolons of any script, or by lines. */
export const splitList = (text: string): string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter(Boolean);

/** Whether a text contains what separates the items of a list. */
export const hasSeparator = (text: string): boolean => separator.test(text);
