import * as z from "zod/mini";
import { boundedText } from "@/lib/shared/text-schemas";

export const NoInput = z.strictObject({});
/** A part of the export by the cursor that the part before gave. */
export const GetExportPart = z.object({ after: z.optional(boundedText(500)) });
