import { randomBytes } from "node:crypto";
import { generateSecret, generateURI, verifySync } from "otplib/functional";

const totpSecretBytes = 20;
const stepSeconds = 30;
const recoveryCodeBytes = 10;
const recoveryCodeCount = 10;
const base32Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Generates a TOTP secret: 160 random bits in base32. */
export const newTotpSecret = (): string => generateSecret({ length: totpSecretBytes });

/** The additional authenticated data that binds an encrypted secret to its account. */
export const totpAad = (accountId: string): string => `totp_credentials/${accountId}`;

/** The otpauth URI for the QR code. */
export const otpauthUri = (secret: string, issuer: string, email: string): string =>
  generateURI({ issuer, label: email, secret });

/** The time step of a valid code, the current or the previous one; null for any other code. */
export function matchTimeStep(secret: string, code: string, at: Date): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null;
  const epoch = Math.floor(at.getTime() / 1_000);
  const result = verifySync({ strategy: "totp", secret, token: code, epoch, epochTolerance: [stepSeconds, 0] });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/** A recovery code: 80 random bits as 16 Crockford base32 digits. */
function newRecoveryCode(): string {
  const bits = BigInt(`0x${randomBytes(recoveryCodeBytes).toString("hex")}`);
  return Array.from({ length: 16 }, (_, index) => base32Crockford[Number((bits >> BigInt(5 * index)) & 31n)]).join("");
}

/** Generates ten recovery codes in their normalized form. */
export const generateRecoveryCodes = (): string[] => Array.from({ length: recoveryCodeCount }, newRecoveryCode);

/** Formats a secret or a code in groups of four characters. */
export const groupByFour = (text: string, separator = "-"): string => text.match(/.{1,4}/g)?.join(separator) ?? "";
