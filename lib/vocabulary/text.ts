import * as z from "zod/mini";

// Controls, line and paragraph separators, and the marks that turn the direction of what follows.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

// Marks that only join or fill leave a name nobody could see, press or read out.
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

/** One line of text of at most `max` characters that is not empty. */
export const line = (max: number, missing = "Fill in this field") => bounded(max).check(z.minLength(1, missing));

/** One line of text of at most `max` characters that may be left empty. */
export const optionalLine = (max: number) => z._default(bounded(max), "");

/** Several lines of text: tabs and line breaks are kept, other controls are refused. */
export const paragraphs = (max: number) =>
  z
    .string("Enter a text")
    .check(
      z.overwrite((value) => value.replaceAll(/\r\n?/g, "\n")),
      z.trim(),
      z.refine((value) => printable(value.replaceAll(/[\n\t]/g, " ")), "Use letters, digits and signs"),
      z.normalize("NFC"),
      z.maxLength(max, `Use at most ${max} characters`),
    );

/** What is typed to search by, of at most `max` characters: controls in it count as spaces. */
export const searched = (max: number) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text) => text.replaceAll(/\p{Cc}+/gu, " ").toWellFormed().trim()),
    ),
    z.string().check(z.maxLength(max)),
  );

/** What the address of a page may say; what it says wrongly counts as not said. */
export const inAddress = <S extends z.core.SomeType>(schema: S) => z.catch(z.optional(schema), undefined);

/** Where in a list one is, as its addresses say it. */
export const listAddress = {
  sort: inAddress(z.string().check(z.maxLength(40))),
  after: inAddress(z.string().check(z.maxLength(600))),
  before: inAddress(z.string().check(z.maxLength(600))),
};

/** A first or last name, as its owner writes it. */
export const personName = (missing: string) => line(64, missing);

/** A telephone number as people write it, or nothing. */
export const phone = z._default(
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
