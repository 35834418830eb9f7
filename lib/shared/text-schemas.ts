import * as z from "zod/mini";

// Control characters, line and paragraph separators, and bidirectional marks.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

// At least one visible character; joiners and fillers alone do not count.
const visible = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

const printable = (value: string) => value.isWellFormed() && !unprintable.test(value);

const bounded = (max: number) =>
  z
    .string("Enter a text")
    .check(
      z.trim(),
      z.refine(printable, "Use letters, digits and signs on one line"),
      z.overwrite((value) => (visible.test(value) ? value : "")),
      z.normalize("NFC"),
      z.maxLength(max, `Use at most ${max} characters`),
    );

/** Required text on one line, at most `max` characters. */
export const singleLine = (max: number, missing = "Fill in this field") => bounded(max).check(z.minLength(1, missing));

/** Optional text on one line, at most `max` characters. */
export const optionalSingleLine = (max: number) => z._default(bounded(max), "");

/** Text with line breaks and tabs, at most `max` characters; other control characters are rejected. */
export const multiLine = (max: number) =>
  z
    .string("Enter a text")
    .check(
      z.overwrite((value) => value.replaceAll(/\r\n?/g, "\n")),
      z.trim(),
      z.refine((value) => printable(value.replaceAll(/[\n\t]/g, " ")), "Use letters, digits and signs"),
      z.normalize("NFC"),
      z.maxLength(max, `Use at most ${max} characters`),
    );

/** A search term of at most `max` characters; control characters count as spaces. */
export const searchTerm = (max: number) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text) => text.replaceAll(/\p{Cc}+/gu, " ").toWellFormed().trim()),
    ),
    z.string().check(z.maxLength(max)),
  );

/** An optional query parameter; an invalid value counts as missing. */
export const queryParam = <S extends z.core.SomeType>(schema: S) => z.catch(z.optional(schema), undefined);

/** Query parameters of every list: sort order and cursors. */
export const listParams = {
  sort: queryParam(z.string().check(z.maxLength(40))),
  after: queryParam(z.string().check(z.maxLength(600))),
  before: queryParam(z.string().check(z.maxLength(600))),
};

/** A first or last name. */
export const personName = (missing: string) => singleLine(64, missing);

/** An optional telephone number in any common notation. */
export const phoneNumber = z._default(
  z
    .string("Enter a number")
    .check(
      z.trim(),
      z.maxLength(32, "Use at most 32 characters"),
      z.refine(
        (value) => value === "" || (/^\+?[\d ()./-]+( ?(x|ext\.?) ?\d+)?$/i.test(value) && /\d(\D*\d){2}/.test(value)),
        "Enter a number, like +49 30 1234567",
      ),
    ),
  "",
);
