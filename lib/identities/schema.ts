import * as z from "zod/mini";

/** The secret from the cookie, and the query string of the callback. */
export const GoogleCallback = z.strictObject({ secret: z.string().check(z.minLength(1), z.maxLength(200)), answer: z.string().check(z.maxLength(8_192)) });

export const NoInput = z.object({});
