import { z } from "zod";

/** What a browser brings back from Google, with the secret it set out with. */
export const GoogleAnswer = z.strictObject({ secret: z.string().min(1).max(200), answer: z.string().max(8_192) });

/** A window that only asks: there is nothing to fill in. */
export const Consent = z.object({});
