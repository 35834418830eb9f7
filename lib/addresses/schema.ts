import { z } from "zod";
import { EmailAddress } from "@/lib/vocabulary/email";

export const RequestAddress = z.object({ email: EmailAddress });
export const NoInput = z.object({});

/** The password is asked of a browser in which the account's owner is not signed in. */
export const ConfirmAddress = z.object({
  token: z.string().regex(/^[\w-]{16,128}$/, "This link is not complete. Open it from the mail again"),
  password: z.string().max(1_024, "Use at most 128 characters").default(""),
});

/** What a link to a new address keeps. */
export const WantedAddress = z.object({ email: EmailAddress });
