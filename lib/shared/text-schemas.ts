import * as z from "zod/mini";
import { asciiForm, withoutUnseen } from "./typed-text";

// Control characters, and line and paragraph separators.
const unprintable = /[\p{Cc}\u2028\u2029]/u;

// At least one visible character; joiners and fillers alone do not count.
const visible = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

// Unicode normalization takes quadratic time in a run of combining marks; UAX #15 allows 30 in a row.
const longMarkRun = /\p{M}{31}/u;

const printable = (value: string) => value.isWellFormed() && !unprintable.test(value) && !longMarkRun.test(value);

type TextMessages = { missing?: string; tooLong?: string };

/** Text of at most `max` characters. Every text field starts with it: longer text is rejected before any other check runs. */
export const boundedText = (max: number, { missing, tooLong = `Use at most ${max} characters` }: TextMessages = {}) =>
  z.string(missing).check(z.maxLength(max, { error: tooLong, abort: true }));

/** A list of at most `max` items; a longer list is rejected before its items are looked at. */
export const boundedArray = <S extends z.ZodMiniType>(item: S, max: number, tooMany = `Choose at most ${max}`) =>
  z.pipe(z.custom<z.input<S>[]>(Array.isArray).check(z.maxLength(max, { error: tooMany, abort: true })), z.array(item));

/** The id of a row. */
export const rowId = (error?: string) => boundedText(36, { missing: error, tooLong: error }).check(z.uuid(error));

// Spaces around a text and decomposed characters do not count against its limit.
const rawText = (max: number) => boundedText(max * 4, { missing: "Enter some text", tooLong: `Use at most ${max} characters` });

/** Text on one line, at most `max` characters; it may be empty. */
export const normalizedLine = (max: number) =>
  rawText(max).check(
    z.trim(),
    z.overwrite(withoutUnseen),
    z.refine(printable, { error: "Use one line of plain text", abort: true }),
    z.overwrite((value) => (visible.test(value) ? value : "")),
    z.normalize("NFC"),
    z.maxLength(max, `Use at most ${max} characters`),
  );

/** Required text on one line, at most `max` characters. */
export const singleLine = (max: number, missing = "Fill in this field") => normalizedLine(max).check(z.minLength(1, missing));

/** Optional text on one line, at most `max` characters. */
export const optionalSingleLine = (max: number) => z._default(normalizedLine(max), "");

/** Text with line breaks and tabs, at most `max` characters; other control characters are rejected. */
export const multiLine = (max: number) =>
  rawText(max).check(
    z.overwrite((value) => withoutUnseen(value.replaceAll(/\r\n?/g, "\n"))),
    z.trim(),
    z.refine((value) => printable(value.replaceAll(/[\n\t]/g, " ")), { error: "Use plain text", abort: true }),
    z.normalize("NFC"),
    z.maxLength(max, `Use at most ${max} characters`),
  );

const longestTypedName = 200;

/** Names typed one per line, each once, at most `max`; empty lines count for nothing. */
export const nameLines = (max: number, tooMany: string) =>
  z.pipe(
    z.pipe(
      z._default(boundedText(max * 80, { tooLong: tooMany }), ""),
      z.transform((text) => [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))]),
    ),
    boundedArray(singleLine(longestTypedName), max, tooMany),
  );

/** A search term of at most `max` characters; control characters count as spaces. */
export const searchTerm = (max: number) =>
  z.pipe(
    z.pipe(
      rawText(max),
      z.transform((text) => text.replaceAll(/\p{Cc}+/gu, " ").toWellFormed().trim()),
    ),
    boundedText(max),
  );

/** An optional query parameter; an invalid value counts as missing. */
export const queryParam = <S extends z.core.SomeType>(schema: S) => z.catch(z.optional(schema), undefined);

/** A filter in a query string: one value of a set or several. */
export const filterParam = <S extends z.ZodMiniType>(item: S, max: number) => queryParam(z.union([item, boundedArray(item, max)]));

/** The values of a filter in a form: none means that it does not apply. */
export const filterValues = <S extends z.ZodMiniType>(item: S, max: number) => z._default(boundedArray(item, max), []);

/** Query parameters of every list: sort order and cursors. */
export const listParams = {
  sort: queryParam(boundedText(40)),
  after: queryParam(boundedText(600)),
  before: queryParam(boundedText(600)),
};

/** A last name, which not everybody has. */
export const optionalPersonName = optionalSingleLine(64);

/** A first name. */
export const personName = (missing: string) => singleLine(64, missing);

/** An optional telephone number in any common notation. */
export const phoneNumber = z._default(
  rawText(32).check(
    z.overwrite((value) => asciiForm(value).trim().replace(/^tel:/i, "")),
    z.maxLength(32, { error: "Use at most 32 characters", abort: true }),
    z.refine(
      (value) => value === "" || (/^\+?[\d ()./-]+( ?(x|ext\.?) ?\d+)?$/i.test(value) && /\d(\D*\d){2}/.test(value)),
      "Enter a number, like +49 30 1234567",
    ),
  ),
  "",
);
