import fc from "fast-check";
import { expect, test } from "vitest";
import { errandOf, isCancelled, proofsOf, Refused, refusedBy, subjectHashOf } from "@/lib/identities/rules";
import { newSecret } from "@/lib/kernel/secret";
import { Fault } from "@/lib/vocabulary/fault";
import { notices } from "@/lib/vocabulary/notices";

const purposes = ["google_sign_in", "google_link"] as const;

test("SSO-6, SSO-7: state, nonce and verifier differ by secret and purpose, and do not reveal the secret", () => {
  const secrets = Array.from({ length: 50 }, () => newSecret());
  const params = secrets.flatMap((secret) => purposes.flatMap((purpose) => Object.values(proofsOf(purpose, secret))));
  expect(new Set([...params, ...secrets]).size).toBe(50 * 2 * 3 + 50);
  for (const param of params) expect(param).toMatch(/^[\w-]{43}$/);
});

test("SSO-7: a state matches only its own secret and purpose", () => {
  const secret = newSecret();
  for (const purpose of purposes) expect(errandOf(secret, proofsOf(purpose, secret).state)).toBe(purpose);
  for (const purpose of purposes) expect(errandOf(newSecret(), proofsOf(purpose, secret).state)).toBeNull();
  expect(errandOf(null, proofsOf("google_link", secret).state)).toBeNull();
  fc.assert(fc.property(fc.option(fc.string()), (state) => errandOf(secret, state) === null));
});

test("SSO-5: the subject hash is unambiguous about where issuer and subject are separated", () => {
  const part = fc.string({ minLength: 1 }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(part, part, part, part, (issuer, subject, otherIssuer, otherSubject) => {
      const same = issuer === otherIssuer && subject === otherSubject;
      const [one, other] = [subjectHashOf({ issuer, subject }), subjectHashOf({ issuer: otherIssuer, subject: otherSubject })];
      return one.equals(other) === same;
    }),
  );
});

test.each([
  [new Refused("taken"), "taken"],
  [new Fault("unauthenticated", "You are signed out"), "signed-out"],
  [new Fault("invalid", "Check the marked fields", { answer: ["Too long"] }), "failed"],
  [new Fault("invalid", "Signing in took too long. Try again"), "over"],
  [new Fault("busy", "Too many"), "refused"],
  [new Fault("conflict", "Not now"), "refused"],
])("ACC-13: %s maps to %s, which has a message", (error, reason) => {
  expect(refusedBy(error).why).toBe(reason);
  expect(notices[`google-${reason}`]).toBeTruthy();
});

test("ACC-13: only access_denied counts as cancelled", () => {
  expect(["?error=access_denied", "?error=server_error", "?code=access_denied", ""].map(isCancelled)).toEqual([true, false, false, false]);
});
