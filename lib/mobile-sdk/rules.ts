import { AppError } from "@/lib/shared/app-error";

/** How many keys an organization can have. */
export const mostKeys = 100;

export const tooManyKeysError = () => new AppError("conflict", `An organization can have at most ${mostKeys} SDK keys. Revoke one that is no longer used`);

/** The first characters of every secret, by which people and scanners recognize one. */
export const secretPrefix = "sdk_";

const shownEnd = 4;

/** The part of a secret that may be shown later. */
export const endOf = (secret: string): string => secret.slice(-shownEnd);

/** A secret as lists show it: "sdk_…x7Qd". */
export const maskedSecret = (end: string): string => `${secretPrefix}…${end}`;

/** The link that an app opens or reads to enroll: the address of the portal and the secret. */
export const enrollmentUrl = (portalUrl: string, secret: string): string => `${portalUrl}/enroll/${secret}`;
