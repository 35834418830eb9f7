import fc from "fast-check";
import { expect, test } from "vitest";
import { errandOf, isCancelled, proofsOf, Refused, refusedBy, subjectHashOf } from "@/lib/identities/rules";
import { newSecret } from "@/lib/kernel/secret";
import { Fault } from "@/lib/vocabulary/fault";
import { notices } from "@/lib/vocabulary/notices";

const errands = ["google_sign_in", "google_link"] as const;

test("SSO-6, SSO-7: every secret and every errand has proofs of its own, and none gives away the secret", () => {
  const secrets = Array.from({ length: 50 }, () => newSecret());
  const proofs = secrets.flatMap((secret) => errands.flatMap((errand) => Object.values(proofsOf(errand, secret))));
  expect(new Set([...proofs, ...secrets]).size).toBe(50 * 2 * 3 + 50);
  for (const proof of proofs) expect(proof).toMatch(/^[\w-]{43}$/);
});

test("SSO-7: an answer belongs to the errand it was asked for, and to nothing else", () => {
  const secret = newSecret();
  for (const errand of errands) expect(errandOf(secret, proofsOf(errand, secret).state)).toBe(errand);
  for (const errand of errands) expect(errandOf(newSecret(), proofsOf(errand, secret).state)).toBeNull();
  expect(errandOf(null, proofsOf("google_link", secret).state)).toBeNull();
  fc.assert(fc.property(fc.option(fc.string()), (state) => errandOf(secret, state) === null));
});

test("SSO-5: issuer and subject are told apart wherever one ends and the other begins", () => {
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
])("ACC-13: %s is called %s, and has words", (fault, why) => {
  expect(refusedBy(fault).why).toBe(why);
  expect(notices[`google-${why}`]).toBeTruthy();
});

test("ACC-13: only who turned back at Google cancelled", () => {
  expect(["?error=access_denied", "?error=server_error", "?code=access_denied", ""].map(isCancelled)).toEqual([true, false, false, false]);
});
