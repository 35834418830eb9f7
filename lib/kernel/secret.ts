import { createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/** A random secret for a link, a cookie or a token; 32 bytes are 256 bits. */
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** What is stored of a random secret: enough to recognise it, nothing to use it with. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret, "utf8").digest();

/** Compares two secrets in a time that tells nothing of where they differ. */
export function sameSecret(one: string | Uint8Array, other: string | Uint8Array): boolean {
  const digest = (value: string | Uint8Array) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(one), digest(other));
}

const keys = new Map<string, Buffer>();

/** The installation's 256-bit key for one purpose; knowing one tells nothing of another. */
export function derivedKey(purpose: string): Buffer {
  const known = keys.get(purpose);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", env().SIGNALBOX_SECRET, "", `signalbox/${purpose}`, 32));
  keys.set(purpose, key);
  return key;
}
