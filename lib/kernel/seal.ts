import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { secretsInUse } from "@/lib/env";
import { derivedKeys } from "./secret";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 4;

/** What was sealed before keys had names begins with 1, what is sealed now with 2 and the name of its key. */
const nameless = 1;
const named = 2;

const headOf = (id: Buffer) => Buffer.concat([Buffer.of(named), id.subarray(0, idBytes)]);
const headsOf = (secrets: readonly string[]) => derivedKeys("seal key id", secrets).map(headOf);

/** How everything begins that the present key has sealed. */
export function presentHead(secrets = secretsInUse()): Buffer {
  const [head] = headsOf(secrets);
  if (!head) throw new Error("There is no secret to seal with");
  return head;
}

/** Encrypts a text for one place, named by `aad` (table, row, organization); it opens nowhere else (CRY-1). */
export function seal(text: string, aad: string, secrets = secretsInUse()): Buffer {
  const [key] = derivedKeys("seal/2", secrets);
  if (!key) throw new Error("There is no secret to seal with");
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(aad, "utf8"));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([presentHead(secrets), nonce, cipher.getAuthTag(), body]);
}

/** Decrypts what `seal` made for the same place, or throws: it was changed, belongs elsewhere, or its key is not here. */
export function open(sealed: Uint8Array, aad: string, secrets = secretsInUse()): string {
  const { keys, rest } = keysFor(Buffer.from(sealed), secrets);
  for (const key of keys) {
    const text = opened(rest, key, aad);
    if (text !== null) return text;
  }
  throw new Error("A sealed value does not belong here or was changed");
}

function keysFor(bytes: Buffer, secrets: readonly string[]) {
  const head = bytes[0] === nameless ? 1 : 1 + idBytes;
  if (bytes.length < head + nonceBytes + tagBytes) throw new Error("A sealed value is too short");
  const rest = bytes.subarray(head);
  if (bytes[0] === nameless) return { keys: derivedKeys("seal/1", secrets), rest };
  const at = headsOf(secrets).findIndex((known) => known.equals(bytes.subarray(0, head)));
  const key = derivedKeys("seal/2", secrets)[at];
  if (!key) {
    const name = bytes.subarray(0, head).toString("hex");
    throw new Error(`A value is sealed with the key ${name}, which this installation does not have: set SIGNALBOX_SECRET_PREVIOUS`);
  }
  return { keys: [key], rest };
}

function opened(rest: Buffer, key: Buffer, aad: string): string | null {
  const decipher = createDecipheriv(algorithm, key, rest.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad, "utf8"));
  decipher.setAuthTag(rest.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(rest.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
