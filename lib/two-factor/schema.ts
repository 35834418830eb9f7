import * as z from "zod/mini";
import { password } from "@/lib/vocabulary/sent";

export type TypedCode = { method: "code" | "recovery"; text: string };

const alike: Record<string, string> = { I: "1", L: "1", O: "0" };

/** What was typed as a second factor, in the one way it is compared; null for what is neither kind of code. */
export function codeIn(typed: string): TypedCode | null {
  const text = typed.normalize("NFKC").replaceAll(/[\s\p{Pd}\p{Cf}\u2212]+/gu, "").toUpperCase();
  if (/^[0-9]{6}$/.test(text)) return { method: "code", text };
  const plain = text.replaceAll(/[ILO]/g, (letter) => alike[letter] ?? letter);
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain) ? { method: "recovery", text: plain } : null;
}

const missing = "Enter the code";
const typed = z
  .string(missing)
  .check(z.trim(), z.minLength(1, { error: missing, abort: true }), z.maxLength(64, { error: "This is longer than a code", abort: true }));

/** The six digits that an authenticator app shows. */
const AppCode = typed.check(z.refine((text) => codeIn(text)?.method === "code", "Enter the 6 digits that the app shows"));

const SecondFactor = typed.check(z.refine((text) => codeIn(text) !== null, "Enter the 6 digits that the app shows, or a recovery code"));

export const VerifyTwoFactor = z.object({ code: AppCode });
export const PassSecondFactor = z.object({ code: SecondFactor });
export const ProveTwice = z.object({ password: password("Enter your password"), code: SecondFactor });

export const storeFirst = "Store the codes first, then tick this box";
export const KeepCodes = z.object({ stored: z.literal("true", storeFirst) });
