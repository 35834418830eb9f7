import * as z from "zod/mini";
import { checkbox } from "@/lib/shared/form-schemas";
import { boundedText } from "@/lib/shared/text-schemas";

/** The size of a document in bytes, and so at most in characters. */
export const maxDocumentSize = 256_000;

const missing = "Paste a document or choose a file";
/** The error for a larger document. */
export const tooLong = "This document is larger than 256 kB. Split it: a document can leave parts out";

const isWithinSize = (text: string) => new TextEncoder().encode(text).length <= maxDocumentSize;

export const ImportOrganization = z.strictObject({
  document: boundedText(maxDocumentSize, { missing, tooLong }).check(z.minLength(1, missing), z.refine(isWithinSize, tooLong)),
  /** Also removes what the document lacks, within the parts that it has. */
  remove: checkbox,
  /** The plan that the person has seen; without it the document is imported whatever it changes. */
  plan: z.optional(boundedText(64)),
});
