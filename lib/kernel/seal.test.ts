import { createCipheriv, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { open, presentHead, seal } from "./seal";
import { derivedKeys } from "./secret";

const place = "webhooks/0199/secret/org-a";
const newSecret = () => randomBytes(48).toString("base64");

test("CRY-1: what was sealed opens in its place", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, aad) => open(seal(text, aad), aad) === text));
  expect(open(seal("x".repeat(100_000), place), place)).toHaveLength(100_000);
});

test("CRY-1: the nonce is random and the text does not show", () => {
  const [one, other] = [seal("canary-secret", place), seal("canary-secret", place)];
  expect(one.equals(other)).toBe(false);
  expect(one.toString("latin1")).not.toContain("canary");
});

test("CRY-1: swapped into another row or organization it does not open", () => {
  expect(() => open(seal("secret", place), "webhooks/0199/secret/org-b")).toThrow("does not belong here");
  expect(() => open(seal("secret", place), "")).toThrow("does not belong here");
});

test("CRY-1: no byte can be changed, and a key that is not here is named", () => {
  const sealed = seal("secret", place);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => open(changed, place)).toThrow(at < presentHead().length ? /the key [0-9a-f]{10}, which this installation does not have/ : "does not belong here");
  }
  expect(() => open(sealed.subarray(0, 32), place)).toThrow("too short");
  expect(() => open(Buffer.alloc(0), place)).toThrow("too short");
});

test("CRY-1: after the secret was changed the one before it still opens, and seals nothing more", () => {
  const [before, now] = [newSecret(), newSecret()];
  const old = seal("secret", place, [before]);
  expect(open(old, place, [now, before])).toBe("secret");
  expect(() => open(old, place, [now])).toThrow("set SIGNALBOX_SECRET_PREVIOUS");
  const fresh = seal("secret", place, [now, before]);
  expect(open(fresh, place, [now])).toBe("secret");
  expect(() => open(fresh, place, [before])).toThrow("set SIGNALBOX_SECRET_PREVIOUS");
});

test("CRY-1: what was sealed before keys had names opens with either secret", () => {
  const [before, now] = [newSecret(), newSecret()];
  const [key = Buffer.alloc(0), nonce] = [derivedKeys("seal/1", [before])[0], randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update("secret", "utf8"), cipher.final()]);
  const old = Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body]);
  expect(open(old, place, [before])).toBe("secret");
  expect(open(old, place, [now, before])).toBe("secret");
  expect(() => open(old, place, [now])).toThrow("does not belong here");
});
