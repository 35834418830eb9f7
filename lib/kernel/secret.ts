import { createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env, secretsInUse } from "@/lib/env";

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

function keyFrom(secret: string, purpose: string): Buffer {
  const name = `${purpose}\0${secret}`;
  const known = keys.get(name);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "", `signalbox/${purpose}`, 32));
  keys.set(name, key);
  return key;
}

/** The installation's 256-bit key for one purpose; knowing one tells nothing of another. */
export const derivedKey = (purpose: string): Buffer => keyFrom(env().SIGNALBOX_SECRET, purpose);

/** The keys for one purpose that still open things, the present one first: what is new is made with that one (CRY-1). */
export const derivedKeys = (purpose: string, secrets = secretsInUse()): Buffer[] => secrets.map((secret) => keyFrom(secret, purpose));
