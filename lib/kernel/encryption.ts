import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { activeSecrets } from "@/lib/env";
import { deriveKeys } from "./secrets";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 4;

// Version 1 values carry no key id; version 2 values carry the id of their key.
const version1 = 1;
const version2 = 2;

const keyPrefix = (id: Buffer) => Buffer.concat([Buffer.of(version2), id.subarray(0, idBytes)]);
const keyPrefixes = (secrets: readonly string[]) => deriveKeys("seal key id", secrets).map(keyPrefix);

/** Returns the first bytes of every value that the current key has encrypted. */
export function currentKeyPrefix(secrets = activeSecrets()): Buffer {
  const [prefix] = keyPrefixes(secrets);
  if (!prefix) throw new Error("There is no secret to encrypt with");
  return prefix;
}

/** Encrypts a text with AES-256-GCM; `aad` (table, row, organization) binds it to where it is stored. */
export function encrypt(text: string, aad: string, secrets = activeSecrets()): Buffer {
  const [key] = deriveKeys("seal/2", secrets);
  if (!key) throw new Error("There is no secret to encrypt with");
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(aad, "utf8"));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([currentKeyPrefix(secrets), nonce, cipher.getAuthTag(), body]);
}

/** Decrypts a value, or throws when it was modified, has another `aad` or its key is not configured. */
export function decrypt(encrypted: Uint8Array, aad: string, secrets = activeSecrets()): string {
  const { keys, rest } = candidateKeys(Buffer.from(encrypted), secrets);
  for (const key of keys) {
    const text = decryptWith(rest, key, aad);
    if (text !== null) return text;
  }
  throw new Error("The encrypted value was modified or has another context");
}

function candidateKeys(bytes: Buffer, secrets: readonly string[]) {
  const prefixBytes = bytes[0] === version1 ? 1 : 1 + idBytes;
  if (bytes.length < prefixBytes + nonceBytes + tagBytes) throw new Error("The encrypted value is too short");
  const rest = bytes.subarray(prefixBytes);
  if (bytes[0] === version1) return { keys: deriveKeys("seal/1", secrets), rest };
  const index = keyPrefixes(secrets).findIndex((known) => known.equals(bytes.subarray(0, prefixBytes)));
  const key = deriveKeys("seal/2", secrets)[index];
  if (!key) {
    const keyId = bytes.subarray(0, prefixBytes).toString("hex");
    throw new Error(`The value is encrypted with the key ${keyId}, which is not configured: set SIGNALBOX_SECRET_PREVIOUS`);
  }
  return { keys: [key], rest };
}

function decryptWith(rest: Buffer, key: Buffer, aad: string): string | null {
  const decipher = createDecipheriv(algorithm, key, rest.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad, "utf8"));
  decipher.setAuthTag(rest.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(rest.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
