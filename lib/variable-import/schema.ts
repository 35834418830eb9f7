import * as z from "zod/mini";
import { boundedText, rowId } from "@/lib/shared/text-schemas";
import { maxVariablesText } from "@/lib/shared/variables";

/** The size of a file in bytes. */
export const maxImportSize = maxVariablesText;

const missing = "Paste rows or choose a file";
const tooLong = "This is larger than 200 kB";
const isWithinSize = (text: string) => new TextEncoder().encode(text).length <= maxImportSize;

export const ImportVariables = z.strictObject({
  siteId: rowId(),
  /** CSV with the header Variable,Value. */
  document: boundedText(maxImportSize, { missing, tooLong }).check(z.minLength(1, missing), z.refine(isWithinSize, tooLong)),
});
