import * as z from "zod/mini";
import { password } from "@/lib/vocabulary/sent";

/** The password of whoever is signed in, typed once more. */
export const OwnPassword = password("Enter your password");

export const ConfirmIdentity = z.object({ password: OwnPassword });
