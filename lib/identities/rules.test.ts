import fc from "fast-check";
import { expect, test } from "vitest";
import { purposeFromState, OAuthError, toOAuthError, hashSubject } from "@/lib/identities/rules";
import { deriveOAuthParams, isCancelled } from "@/lib/kernel/oauth-params";
import { generateSecret } from "@/lib/kernel/secrets";
import { AppError } from "@/lib/shared/app-error";
import { flashMessage } from "@/lib/shared/flash-messages";

const purposes = ["google_sign_in", "google_link"] as const;

test("SSO-6, SSO-7: state, nonce and verifier differ by secret and purpose, and do not reveal the secret", () => {
  const secrets = Array.from({ length: 50 }, () => generateSecret());
  const params = secrets.flatMap((secret) => purposes.flatMap((purpose) => Object.values(deriveOAuthParams(purpose, secret))));
  expect(new Set([...params, ...secrets]).size).toBe(50 * 2 * 3 + 50);
  for (const param of params) expect(param).toMatch(/^[\w-]{43}$/);
});

test("SSO-7: a state matches only its own secret and purpose", () => {
  const secret = generateSecret();
  for (const purpose of purposes) expect(purposeFromState(secret, deriveOAuthParams(purpose, secret).state)).toBe(purpose);
  for (const purpose of purposes) expect(purposeFromState(generateSecret(), deriveOAuthParams(purpose, secret).state)).toBeNull();
  expect(purposeFromState(null, deriveOAuthParams("google_link", secret).state)).toBeNull();
  fc.assert(fc.property(fc.option(fc.string()), (state) => purposeFromState(secret, state) === null));
});

test("SSO-5: the subject hash is unambiguous about where issuer and subject are separated", () => {
  const part = fc.string({ minLength: 1 }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(part, part, part, part, (issuer, subject, otherIssuer, otherSubject) => {
      const same = issuer === otherIssuer && subject === otherSubject;
      const [one, other] = [hashSubject({ issuer, subject }), hashSubject({ issuer: otherIssuer, subject: otherSubject })];
      return one.equals(other) === same;
    }),
  );
});

test.each([
  [new OAuthError("taken"), "taken"],
  [new AppError("unauthenticated", "You are signed out"), "signed-out"],
  [new AppError("invalid", "Check the marked fields", { answer: ["Too long"] }), "failed"],
  [new AppError("invalid", "Signing in took too long. Try again"), "over"],
  [new AppError("busy", "Too many"), "refused"],
  [new AppError("conflict", "Not now"), "refused"],
])("ACC-13: %s maps to %s, which has a message", (error, reason) => {
  expect(toOAuthError(error).reason).toBe(reason);
  expect(flashMessage(`google-${reason}`)).toBeTruthy();
});

test("ACC-13: only access_denied counts as cancelled", () => {
  expect(["?error=access_denied", "?error=server_error", "?code=access_denied", ""].map(isCancelled)).toEqual([true, false, false, false]);
});
