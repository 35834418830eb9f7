import * as z from "zod/mini";
import { EmailAddress } from "@/lib/vocabulary/email";
import { perhapsPassword, token } from "@/lib/vocabulary/sent";

export const RequestAddress = z.object({ email: EmailAddress });
export const NoInput = z.object({});

/** The password is required unless the account's owner is signed in. */
export const ConfirmAddress = z.object({ token, password: perhapsPassword });

/** The payload stored with the link. */
export const WantedAddress = z.object({ email: EmailAddress });
