import * as z from "zod/mini";
import { EmailAddress } from "@/lib/shared/email-address";
import { optionalPassword, linkToken } from "@/lib/shared/form-schemas";

export const RequestEmailChange = z.object({ email: EmailAddress });
export const NoInput = z.object({});

/** The password is required unless the account's owner is signed in. */
export const ConfirmEmailChange = z.object({ token: linkToken, password: optionalPassword });

/** The payload stored with the link. */
export const EmailChangePayload = z.object({ email: EmailAddress });
