import { generateSecret } from "otplib/functional";

const seedBytes = 20;

/** A new secret to share with an authenticator: 160 random bits, in base32 (MFA-1). */
export const newSeed = (): string => generateSecret({ length: seedBytes });

/** The place a secret is sealed for: one account's alone (CRY-1). */
export const placeOf = (accountId: string): string => `two_factors/${accountId}`;
