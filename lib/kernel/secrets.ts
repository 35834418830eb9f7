import { createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env, activeSecrets } from "@/lib/env";

/** Generates a random secret for a link, a cookie or a token. */
export const generateSecret = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** Hashes a random secret for storage. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret, "utf8").digest();

/** Compares two secrets of any length in constant time. */
export function constantTimeEqual(one: string | Uint8Array, other: string | Uint8Array): boolean {
  const digest = (value: string | Uint8Array) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(one), digest(other));
}

const keyCache = new Map<string, Buffer>();

function cachedKey(secret: string, purpose: string): Buffer {
  const cacheKey = `${purpose}\0${secret}`;
  const cached = keyCache.get(cacheKey);
  if (cached) return cached;
  const key = Buffer.from(hkdfSync("sha256", secret, "", `signalbox/${purpose}`, 32));
  keyCache.set(cacheKey, key);
  return key;
}

/** Derives the 256-bit key for one purpose from the current secret with HKDF. */
export const deriveKey = (purpose: string): Buffer => cachedKey(env().SIGNALBOX_SECRET, purpose);

/** Derives the keys for one purpose, current first, then the previous one, which only decrypts and verifies. */
export const deriveKeys = (purpose: string, secrets = activeSecrets()): Buffer[] => secrets.map((secret) => cachedKey(secret, purpose));
