import * as z from "zod/mini";
import { EmailAddress } from "@/lib/vocabulary/email";
import { perhapsPassword, token } from "@/lib/vocabulary/sent";

export const RequestAddress = z.object({ email: EmailAddress });
export const NoInput = z.object({});

/** The password is asked of a browser in which the account's owner is not signed in. */
export const ConfirmAddress = z.object({ token, password: perhapsPassword });

/** What a link to a new address keeps. */
export const WantedAddress = z.object({ email: EmailAddress });
