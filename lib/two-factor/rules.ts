import { randomBytes } from "node:crypto";
import { generateSecret, generateURI, verifySync } from "otplib/functional";

const seedBytes = 20;
const stepSeconds = 30;
const recoveryBytes = 10;
const recoverySetSize = 10;
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new secret to share with an authenticator: 160 random bits, in base32 (MFA-1). */
export const newSeed = (): string => generateSecret({ length: seedBytes });

/** The place a secret is sealed for: one account's alone (CRY-1). */
export const placeOf = (accountId: string): string => `two_factors/${accountId}`;

/** The address that a QR code tells an authenticator app. */
export const keyAddress = (seed: string, issuer: string, email: string): string =>
  generateURI({ issuer, label: email, secret: seed });

/** The step a code belongs to, which is this one or the one before; null for any other code or no code at all (MFA-3). */
export function stepOf(seed: string, code: string, at: Date): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null;
  const epoch = Math.floor(at.getTime() / 1_000);
  const verdict = verifySync({ strategy: "totp", secret: seed, token: code, epoch, epochTolerance: [stepSeconds, 0] });
  return verdict.valid && "timeStep" in verdict ? verdict.timeStep : null;
}

/** Sixteen digits of 5 bits each, 80 bits in all, none of which reads like another (MFA-9). */
function newRecoveryCode(): string {
  const bits = BigInt(`0x${randomBytes(recoveryBytes).toString("hex")}`);
  return Array.from({ length: 16 }, (_, place) => crockford[Number((bits >> BigInt(5 * place)) & 31n)]).join("");
}

/** Ten new recovery codes, as they are compared. */
export const newRecoveryCodes = (): string[] => Array.from({ length: recoverySetSize }, newRecoveryCode);

/** A key or a code as people read it: in groups of four. */
export const inGroups = (text: string, between = "-"): string => text.match(/.{1,4}/g)?.join(between) ?? "";
