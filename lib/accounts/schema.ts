import * as z from "zod/mini";
import { EmailAddress } from "@/lib/vocabulary/email";
import { password, ticked, token } from "@/lib/vocabulary/sent";
import { personName, phone } from "@/lib/vocabulary/text";

/** The secret of an emailed link. */
export const Token = token;
/** The hex hash that identifies a sign-up or reset request. */
export const RequestKey = z.string().check(z.regex(/^[0-9a-f]{64}$/, "This page has been open for too long. Start again"));

export const Region = z.enum(["global", "europe"], "Choose a region");

export const CreateAccount = z.object({
  region: Region,
  email: EmailAddress,
  firstName: personName("Enter your first name"),
  lastName: personName("Enter your last name"),
  phone,
  password: password("Choose a password"),
  analytics: ticked,
  terms: z.literal("true", "Accept the terms to create an account"),
});

/** The sign-up data, stored with the link until the email is verified. */
export const Applicant = z.object({
  region: Region,
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string(),
  analyticsAllowed: z.enum(["yes", "no"]),
  termsAcceptedAt: z.iso.datetime(),
  passwordHash: z.string(),
});
export type Applicant = z.output<typeof Applicant>;

export const SignIn = z.object({ email: EmailAddress, password: password("Enter your password") });
export const Recover = z.object({ email: EmailAddress });
export const SendAgain = z.object({ request: RequestKey });
export const ValidateAddress = z.object({ token: Token, password: password("Enter the password you chose") });
export const ResetPassword = z.object({ token: Token, password: password("Choose a password") });
