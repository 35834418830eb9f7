import * as z from "zod/mini";
import { boundedText } from "@/lib/shared/text-schemas";

export const ChoosePrivacy = z.strictObject({
  analytics: z.enum(["yes", "no"], "Choose one of the two"),
  next: z.optional(boundedText(2_000)),
});
