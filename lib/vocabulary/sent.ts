import * as z from "zod/mini";
import { passwordCeiling } from "./new-password";

// Keyboards compose signs differently: the same password can come in several times as many of them.
const typed = (missing?: string) => z.string(missing).check(z.maxLength(passwordCeiling * 8, `A password has at most ${passwordCeiling} characters`));

/** A password as it is typed; what is asked of a new one is asked when it is set. */
export const password = (missing: string) => typed(missing).check(z.minLength(1, missing));

/** A password that need not be typed. */
export const perhapsPassword = z._default(typed(), "");

/** A box that can be ticked. */
export const ticked = z.pipe(
  z.optional(z.enum(["", "true"])),
  z.transform((value) => value === "true"),
);

/** A secret from a mailed link. */
export const token = z.string().check(z.regex(/^[\w-]{16,128}$/, "This link is not complete. Open it from the mail again"));

/** The save a change was made from; a later one by somebody else refuses it. */
export const version = z.coerce.number().check(z.int(), z.positive());
