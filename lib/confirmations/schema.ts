import { z } from "zod";

const missing = "Enter your password";

/** The password of whoever is signed in, typed once more. */
export const OwnPassword = z.string(missing).min(1, missing).max(1_024, "Use at most 128 characters");

export const ConfirmIdentity = z.object({ password: OwnPassword });
