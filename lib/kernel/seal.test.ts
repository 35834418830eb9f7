import { expect, test } from "vitest";
import { open, seal } from "./seal";

const place = "webhooks/0199/secret/org-a";

test("CRY-1: what was sealed opens in its place", () => {
  const texts = ["", "whsec_a", "ключ 🔑", "x".repeat(100_000)];
  for (const text of texts) expect(open(seal(text, place), place)).toBe(text);
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

test("CRY-1: no byte can be changed, and another key is named", () => {
  const sealed = seal("secret", place);
  for (let at = 1; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => open(changed, place)).toThrow("does not belong here");
  }
  expect(() => open(Buffer.concat([Buffer.of(9), sealed.subarray(1)]), place)).toThrow("key 9");
  expect(() => open(sealed.subarray(0, 20), place)).toThrow("too short");
});
