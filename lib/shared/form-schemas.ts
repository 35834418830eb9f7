import * as z from "zod/mini";
import { maxTypedPasswordLength, passwordTooLong } from "./password-rules";
import { boundedText } from "./text-schemas";
import { asciiForm } from "./typed-text";

const passwordText = (missing?: string) => boundedText(maxTypedPasswordLength, { missing, tooLong: passwordTooLong });

/** A required existing password; the rules for new passwords are checked elsewhere. */
export const requiredPassword = (missing: string) => passwordText(missing).check(z.minLength(1, missing));

/** A password that may be left empty. */
export const optionalPassword = z._default(passwordText(), "");

/** A check box. */
export const checkbox = z.pipe(
  z.optional(z.enum(["", "true"])),
  z.transform((value) => value === "true"),
);

const incompleteLink = "This link is incomplete. Open it from the email again";

/** A token from a link in an email. */
export const linkToken = boundedText(128, { tooLong: incompleteLink }).check(z.regex(/^[\w-]{16,128}$/, incompleteLink));

/** A number as a form sends it. */
export const formNumber = z.pipe(z.union([z.number(), boundedText(20).check(z.overwrite(asciiForm))]), z.coerce.number());

/** A day as a date input sends it, 2026-11-21, or empty. */
export const dayInput = boundedText(10).check(
  z.refine((value) => value === "" || z.iso.date().safeParse(value).success, "Enter a date, like 2026-11-21"),
);

/** The row version on which an edit is based, for optimistic locking. */
export const rowVersion = formNumber.check(z.int(), z.positive());
