import { expect, test } from "vitest";
import { deriveKey, hashSecret, generateSecret, constantTimeEqual } from "./secrets";

test("LNK-1: secrets have 256 bits and do not repeat", () => {
  const secrets = Array.from({ length: 1_000 }, () => generateSecret());
  expect(new Set(secrets).size).toBe(1_000);
  expect(secrets.every((secret) => /^[\w-]{43}$/.test(secret))).toBe(true);
  expect(Buffer.from(generateSecret(20), "base64url")).toHaveLength(20);
});

test("SES-1: hashing is deterministic and gives 32 bytes", () => {
  const secret = generateSecret();
  expect(hashSecret(secret)).toHaveLength(32);
  expect(hashSecret(secret).equals(hashSecret(secret))).toBe(true);
  expect(hashSecret(secret).equals(hashSecret(`${secret}x`))).toBe(false);
});

test("secrets of different lengths can be compared", () => {
  expect(constantTimeEqual("abc", Buffer.from("abc"))).toBe(true);
  expect(constantTimeEqual("abc", "abd")).toBe(false);
  expect(constantTimeEqual("abc", "abcd")).toBe(false);
});

test("CRY-1: key derivation is deterministic and differs per purpose", () => {
  expect(deriveKey("seal/1")).toHaveLength(32);
  expect(deriveKey("seal/1").equals(deriveKey("seal/1"))).toBe(true);
  expect(deriveKey("seal/1").equals(deriveKey("cookies"))).toBe(false);
});
