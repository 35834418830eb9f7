import * as z from "zod/mini";
import { boundedText } from "@/lib/shared/text-schemas";

/** The secret from the cookie, and the query string of the callback. */
export const GoogleCallback = z.strictObject({ secret: boundedText(200).check(z.minLength(1)), answer: boundedText(8_192) });

export const NoInput = z.object({});
