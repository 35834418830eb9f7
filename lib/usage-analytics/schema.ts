import * as z from "zod/mini";

export const ChoosePrivacy = z.strictObject({
  analytics: z.enum(["yes", "no"], "Choose one of the two"),
  next: z.optional(z.string().check(z.maxLength(2_000))),
});
