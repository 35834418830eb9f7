import * as z from "zod/mini";
import { boundedText } from "@/lib/shared/text-schemas";

const openAgain = "Open this page again";

export const AcceptLoginTerms = z.object({ version: boundedText(8, { tooLong: openAgain }).check(z.regex(/^[\da-f]{8}$/, openAgain)) });
