import { z } from "zod";
import { personName, phone } from "@/lib/vocabulary/text";

const token = z.string().max(200, "This link is not complete. Open it from the mail again");

export const AcceptInvitation = z.strictObject({ token, purpose: z.enum(["invite", "create_login"]) });

export const CreateLogin = z.strictObject({
  token,
  /** Drawn for password keepers only; the address is the invited one. */
  username: z.string().max(254).optional(),
  firstName: personName("Enter your first name"),
  lastName: personName("Enter your last name"),
  phone: phone.default(""),
  password: z.string("Choose a password").min(1, "Choose a password").max(1_024, "Use at most 128 characters"),
  analytics: z.enum(["", "true"]).optional().transform((value) => value === "true"),
  terms: z.literal("true", "Accept the terms to create a login"),
});
