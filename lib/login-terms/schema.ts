import * as z from "zod/mini";

export const AcceptLoginTerms = z.object({ version: z.string().check(z.regex(/^[\da-f]{8}$/, "Open this page again")) });
