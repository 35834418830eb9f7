import { createCipheriv, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decrypt, currentKeyPrefix, encrypt } from "./encryption";
import { deriveKeys } from "./secrets";

const context = "webhooks/0199/secret/org-a";
const newSecret = () => randomBytes(48).toString("base64");

test("CRY-1: decryption with the same context returns the original text", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, aad) => decrypt(encrypt(text, aad), aad) === text));
  expect(decrypt(encrypt("x".repeat(100_000), context), context)).toHaveLength(100_000);
});

test("CRY-1: each encryption uses a new nonce and does not contain the plain text", () => {
  const [one, other] = [encrypt("canary-secret", context), encrypt("canary-secret", context)];
  expect(one.equals(other)).toBe(false);
  expect(one.toString("latin1")).not.toContain("canary");
});

test("CRY-1: a value copied to another row or organization cannot be decrypted", () => {
  expect(() => decrypt(encrypt("secret", context), "webhooks/0199/secret/org-b")).toThrow("was modified");
  expect(() => decrypt(encrypt("secret", context), "")).toThrow("was modified");
});

test("CRY-1: a change of any byte is detected, and the error names an unknown key", () => {
  const encrypted = encrypt("secret", context);
  for (let at = 0; at < encrypted.length; at += 1) {
    const changed = Buffer.from(encrypted);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => decrypt(changed, context)).toThrow(at < currentKeyPrefix().length ? /the key [0-9a-f]{10}, which is not configured/ : "was modified");
  }
  expect(() => decrypt(encrypted.subarray(0, 32), context)).toThrow("too short");
  expect(() => decrypt(Buffer.alloc(0), context)).toThrow("too short");
});

test("CRY-1: after a secret rotation the previous secret still decrypts but no longer encrypts", () => {
  const [previous, current] = [newSecret(), newSecret()];
  const old = encrypt("secret", context, [previous]);
  expect(decrypt(old, context, [current, previous])).toBe("secret");
  expect(() => decrypt(old, context, [current])).toThrow("set SIGNALBOX_SECRET_PREVIOUS");
  const fresh = encrypt("secret", context, [current, previous]);
  expect(decrypt(fresh, context, [current])).toBe("secret");
  expect(() => decrypt(fresh, context, [previous])).toThrow("set SIGNALBOX_SECRET_PREVIOUS");
});

test("CRY-1: version 1 values, which have no key id, decrypt with the current or the previous secret", () => {
  const [previous, current] = [newSecret(), newSecret()];
  const [key = Buffer.alloc(0), nonce] = [deriveKeys("seal/1", [previous])[0], randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update("secret", "utf8"), cipher.final()]);
  const old = Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body]);
  expect(decrypt(old, context, [previous])).toBe("secret");
  expect(decrypt(old, context, [current, previous])).toBe("secret");
  expect(() => decrypt(old, context, [current])).toThrow("was modified");
});
