import * as z from "zod/mini";
import { requiredPassword, checkbox } from "@/lib/shared/form-schemas";
import { boundedText, optionalPersonName, personName, phoneNumber } from "@/lib/shared/text-schemas";

const token = boundedText(200, { tooLong: "This link is incomplete. Open it from the email again" });

export const AnswerInvitation = z.strictObject({ token });

export const CreateLogin = z.strictObject({
  token,
  /** Present for password managers only; the email comes from the invitation. */
  username: z.optional(boundedText(254)),
  firstName: personName("Enter your first name"),
  lastName: optionalPersonName,
  phone: phoneNumber,
  password: requiredPassword("Choose a password"),
  analytics: checkbox,
  terms: z.literal("true", "Accept the terms to create a login"),
});
