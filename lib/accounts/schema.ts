import { z } from "zod";
import { EmailAddress } from "@/lib/vocabulary/email";
import { personName, phone } from "@/lib/vocabulary/text";

const typedPassword = (missing: string) => z.string(missing).min(1, missing).max(1_024, "Use at most 128 characters");
const ticked = z.enum(["", "true"]).optional().transform((value) => value === "true");

/** A secret from a mailed link, or the key under which a mail was asked for. */
export const Token = z.string().regex(/^[\w-]{16,128}$/, "This link is not complete. Open it from the mail again");
export const RequestKey = z.string().regex(/^[0-9a-f]{64}$/, "This page has been open for too long. Start again");

export const regions = { global: "Global", europe: "Europe" } as const;
export const Region = z.enum(["global", "europe"], "Choose a region");

export const CreateAccount = z.object({
  region: Region,
  email: EmailAddress,
  firstName: personName("Enter your first name"),
  lastName: personName("Enter your last name"),
  phone: phone.default(""),
  password: typedPassword("Choose a password"),
  analytics: ticked,
  terms: z.literal("true", "Accept the terms to create an account"),
});

/** What a new account is made of, kept with the link until its address is known to be right. */
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

export const SignIn = z.object({ email: EmailAddress, password: typedPassword("Enter your password") });
export const Recover = z.object({ email: EmailAddress });
export const SendAgain = z.object({ request: RequestKey });
export const ValidateAddress = z.object({ token: Token, password: typedPassword("Enter the password you chose") });
export const ResetPassword = z.object({ token: Token, password: typedPassword("Choose a password") });
