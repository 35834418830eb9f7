import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { derivedKey } from "./secret";

const algorithm = "aes-256-gcm";
const currentKey = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

const keyById = (id: number) => derivedKey(`seal/${id}`);

/** Encrypts a text for one place, named by `aad` (table, row, organization); it opens nowhere else (CRY-1). */
export function seal(text: string, aad: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyById(currentKey), nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(aad, "utf8"));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(currentKey), nonce, cipher.getAuthTag(), body]);
}

/** Decrypts what `seal` made for the same place, or throws when either was changed. */
export function open(sealed: Uint8Array, aad: string): string {
  const bytes = Buffer.from(sealed);
  if (bytes.length < headBytes) throw new Error("A sealed value is too short");
  const key = bytes.readUInt8(0);
  if (key !== currentKey) throw new Error(`A value is sealed with key ${key}, which this installation does not have`);
  const nonce = bytes.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv(algorithm, keyById(key), nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad, "utf8"));
  decipher.setAuthTag(bytes.subarray(1 + nonceBytes, headBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(headBytes)), decipher.final()]).toString("utf8");
  } catch {
    throw new Error("A sealed value does not belong here or was changed");
  }
}
