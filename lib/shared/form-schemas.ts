import * as z from "zod/mini";
import { maxPasswordLength } from "./password-rules";

// Unicode composition differs by keyboard: before normalization a password can be several times longer.
const passwordText = (missing?: string) => z.string(missing).check(z.maxLength(maxPasswordLength * 8, `A password has at most ${maxPasswordLength} characters`));

/** A required existing password; the rules for new passwords are checked elsewhere. */
export const requiredPassword = (missing: string) => passwordText(missing).check(z.minLength(1, missing));

/** A password that may be left empty. */
export const optionalPassword = z._default(passwordText(), "");

/** A check box. */
export const checkbox = z.pipe(
  z.optional(z.enum(["", "true"])),
  z.transform((value) => value === "true"),
);

/** A token from a link in an email. */
export const linkToken = z.string().check(z.regex(/^[\w-]{16,128}$/, "This link is not complete. Open it from the mail again"));

/** The row version on which an edit is based, for optimistic locking. */
export const rowVersion = z.coerce.number().check(z.int(), z.positive());
