import * as z from "zod/mini";
import { requiredPassword } from "@/lib/shared/form-schemas";
import { boundedText, rowId } from "@/lib/shared/text-schemas";
import { asciiForm } from "@/lib/shared/typed-text";

const maxTypedLength = 64;

export type SecondFactorCode = { method: "code" | "recovery"; text: string };

const lookalikes: Record<string, string> = { I: "1", L: "1", O: "0" };

/** Parses a TOTP or recovery code and normalizes it; null when it is neither. */
export function parseSecondFactorCode(typed: string): SecondFactorCode | null {
  if (typed.length > maxTypedLength * 2) return null;
  const text = asciiForm(typed).replaceAll(/[\s-]+/g, "").toUpperCase();
  if (/^[0-9]{6}$/.test(text)) return { method: "code", text };
  const recoveryText = text.replaceAll(/[ILO]/g, (letter) => lookalikes[letter] ?? letter);
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(recoveryText) ? { method: "recovery", text: recoveryText } : null;
}

const codeMissing = "Enter the code";
const typed = boundedText(maxTypedLength, { missing: codeMissing, tooLong: "This is too long for a code" }).check(
  z.trim(),
  z.minLength(1, { error: codeMissing, abort: true }),
);

const totpCode = typed.check(z.refine((text) => parseSecondFactorCode(text)?.method === "code", "Enter the 6 digits that the app shows"));

const anyCode = typed.check(z.refine((text) => parseSecondFactorCode(text) !== null, "Enter the 6 digits that the app shows, or a recovery code"));

export const CompleteTwoFactorSetup = z.object({ code: totpCode });
/** A code for one pending sign-in, named by the page that asks for the code. */
export const VerifySecondFactor = z.object({ code: anyCode, challengeId: rowId("Reload the page and try again") });
export const PasswordAndCode = z.object({ password: requiredPassword("Enter your password"), code: anyCode });

export const codesNotStored = "Store the codes first, then check this box";
export const AcknowledgeRecoveryCodes = z.object({ stored: z.literal("true", codesNotStored) });
