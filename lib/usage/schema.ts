import { z } from "zod";

export const ChoosePrivacy = z.strictObject({
  analytics: z.enum(["yes", "no"], "Choose one of the two"),
  next: z.string().max(2_000).optional(),
});
