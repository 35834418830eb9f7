import * as z from "zod/mini";
import { EmailAddress } from "@/lib/shared/email-address";
import { optionalPassword, requiredPassword, checkbox, linkToken } from "@/lib/shared/form-schemas";
import { boundedText, optionalPersonName, personName, phoneNumber } from "@/lib/shared/text-schemas";

/** The secret of an emailed link. */
export const Token = linkToken;
const openTooLong = "This page has been open for too long. Start again";

/** The hex hash that identifies a sign-up or reset request. */
export const RequestKey = boundedText(64, { tooLong: openTooLong }).check(z.regex(/^[0-9a-f]{64}$/, openTooLong));

export const Region = z.enum(["global", "europe"], "Choose a region");

export const RequestSignUp = z.object({
  region: Region,
  email: EmailAddress,
  firstName: personName("Enter your first name"),
  lastName: optionalPersonName,
  phone: phoneNumber,
  password: requiredPassword("Choose a password"),
  analytics: checkbox,
  terms: z.literal("true", "Accept the terms to create an account"),
});

/** The sign-up data, stored with the link until the email is verified. */
export const SignUpPayload = z.object({
  region: Region,
  firstName: boundedText(64),
  lastName: boundedText(64),
  phone: boundedText(32),
  analyticsAllowed: z.enum(["yes", "no"]),
  termsAcceptedAt: boundedText(40).check(z.iso.datetime()),
  passwordHash: boundedText(200),
  /** The hash of the secret of the browser that signed up. */
  browserHash: z.optional(boundedText(64)),
});
export type SignUpPayload = z.output<typeof SignUpPayload>;

export const SignIn = z.object({ email: EmailAddress, password: requiredPassword("Enter your password") });
export const RequestPasswordReset = z.object({ email: EmailAddress });
export const ResendEmail = z.object({ request: RequestKey });
/** Without a password it is accepted from the browser that signed up. */
export const VerifyEmail = z.object({ token: Token, password: optionalPassword });
export const ResetPassword = z.object({ token: Token, password: requiredPassword("Choose a password") });
