import fc from "fast-check";
import { expect, test } from "vitest";
import { errandOf, proofsOf, subjectHashOf } from "@/lib/identities/rules";
import { newSecret } from "@/lib/kernel/secret";

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
