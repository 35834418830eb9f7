import * as z from "zod/mini";

/** What a browser brings back from Google, with the secret it set out with. */
export const GoogleAnswer = z.strictObject({ secret: z.string().check(z.minLength(1), z.maxLength(200)), answer: z.string().check(z.maxLength(8_192)) });

/** A window that only asks: there is nothing to fill in. */
export const Consent = z.object({});
