import fc from "fast-check";
import { expect, test } from "vitest";
import { accountIdFromHandle, type ChallengePurpose, isCounterValid, userHandle, verifyChallenge, createChallenge, requirePasskeyAnswer } from "@/lib/passkeys/rules";
import type { FormValues } from "@/lib/shared/form-state";

const encodedChallenge = (purpose: ChallengePurpose, now?: number) => Buffer.from(createChallenge(purpose, now)).toString("base64url");
const minute = 60_000;
const [accountA, accountB] = ["0199a1b2-1111-7111-8111-111111111111", "0199a1b2-2222-7222-8222-222222222222"];

const purposes: ChallengePurpose[] = [
  { kind: "login" },
  { kind: "login", accountId: accountA },
  { kind: "login", accountId: accountB },
  { kind: "registration", accountId: accountA, sessionId: "one" },
  { kind: "registration", accountId: accountA, sessionId: "two" },
  { kind: "registration", accountId: accountB, sessionId: "one" },
  { kind: "reauthentication", accountId: accountA, sessionId: "one" },
  { kind: "reauthentication", accountId: accountA, sessionId: "two" },
  { kind: "reauthentication", accountId: accountB, sessionId: "one" },
];

test("ACC-16, SES-11: a challenge is valid only for the purpose it was created for", () => {
  for (const purpose of purposes) {
    const challenge = encodedChallenge(purpose);
    const accepted = purposes.filter((candidate) => verifyChallenge(challenge, candidate) === "valid");
    expect(accepted).toEqual([purpose]);
  }
});

test("ACC-16: a challenge is valid for five minutes", () => {
  const now = Date.now();
  const challenge = encodedChallenge({ kind: "login" }, now);
  const after = (ms: number) => verifyChallenge(challenge, { kind: "login" }, now + ms);
  expect([after(0), after(5 * minute), after(5 * minute + 1), after(-minute)]).toEqual(["valid", "valid", "expired", "expired"]);
});

test("ACC-16: challenges are unique", () => {
  const now = Date.now();
  expect(new Set(Array.from({ length: 1_000 }, () => encodedChallenge({ kind: "login" }, now))).size).toBe(1_000);
});

test("ACC-16: arbitrary and tampered challenges are invalid and do not throw", () => {
  fc.assert(fc.property(fc.string(), (text) => verifyChallenge(text, { kind: "login" }) === "invalid"));
  fc.assert(
    fc.property(fc.nat({ max: 53 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const bytes = createChallenge({ kind: "login" });
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      return verifyChallenge(Buffer.from(bytes).toString("base64url"), { kind: "login" }) === "invalid";
    }),
  );
});

test("ACC-16: the signature counter must increase, or be 0 always", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (stored, received) => isCounterValid(stored, received) === (received > stored || (stored === 0 && received === 0))),
  );
  expect([isCounterValid(0, 0), isCounterValid(5, 5), isCounterValid(5, 0), isCounterValid(5, 4), isCounterValid(5, 6)]).toEqual([true, false, false, false, true]);
});

test("ACC-16: the user handle round-trips the account id", () => {
  fc.assert(fc.property(fc.uuid(), (id) => accountIdFromHandle(Buffer.from(userHandle(id)).toString("base64url")) === id));
  for (const malformed of [undefined, "", "AAAA", "not an account", "A".repeat(64)]) expect(accountIdFromHandle(malformed)).toBeNull();
});

test("ACC-16: a form that was submitted before the dialog could open gets a message that says so", () => {
  const early: FormValues[] = [{}, { answer: "" }];
  for (const values of early) expect(() => requirePasskeyAnswer(values)).toThrow("The page was still loading. Press the button again");
  expect(requirePasskeyAnswer({ answer: "{}" })).toBeUndefined();
});
