import fc from "fast-check";
import { expect, test } from "vitest";
import { accountIn, type Asked, countsOn, handleOf, judgeChallenge, newChallenge, requireAnswer } from "@/lib/passkeys/rules";
import type { FormValues } from "@/lib/vocabulary/result";

const made = (asked: Asked, now?: number) => Buffer.from(newChallenge(asked, now)).toString("base64url");
const minute = 60_000;
const [somebody, other] = ["0199a1b2-1111-7111-8111-111111111111", "0199a1b2-2222-7222-8222-222222222222"];

const asks: Asked[] = [
  { kind: "enter" },
  { kind: "enter", accountId: somebody },
  { kind: "enter", accountId: other },
  { kind: "add", accountId: somebody, sessionId: "one" },
  { kind: "add", accountId: somebody, sessionId: "two" },
  { kind: "add", accountId: other, sessionId: "one" },
  { kind: "confirm", accountId: somebody, sessionId: "one" },
  { kind: "confirm", accountId: somebody, sessionId: "two" },
  { kind: "confirm", accountId: other, sessionId: "one" },
];

test("ACC-16, SES-11: a challenge is good for what it was made for and for nothing else", () => {
  for (const asked of asks) {
    const challenge = made(asked);
    const open = asks.filter((one) => judgeChallenge(challenge, one) === "open");
    expect(open).toEqual([asked]);
  }
});

test("ACC-16: a challenge is good for five minutes", () => {
  const now = Date.now();
  const challenge = made({ kind: "enter" }, now);
  const after = (ms: number) => judgeChallenge(challenge, { kind: "enter" }, now + ms);
  expect([after(0), after(5 * minute), after(5 * minute + 1), after(-minute)]).toEqual(["open", "open", "over", "over"]);
});

test("ACC-16: no two challenges are the same", () => {
  const now = Date.now();
  expect(new Set(Array.from({ length: 1_000 }, () => made({ kind: "enter" }, now))).size).toBe(1_000);
});

test("ACC-16: what we did not make is nobody's challenge, and nothing throws", () => {
  fc.assert(fc.property(fc.string(), (text) => judgeChallenge(text, { kind: "enter" }) === "foreign"));
  fc.assert(
    fc.property(fc.nat({ max: 53 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const bytes = newChallenge({ kind: "enter" });
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      return judgeChallenge(Buffer.from(bytes).toString("base64url"), { kind: "enter" }) === "foreign";
    }),
  );
});

test("ACC-16: a passkey counts on, or never counts at all", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (kept, given) => countsOn(kept, given) === (given > kept || (kept === 0 && given === 0))),
  );
  expect([countsOn(0, 0), countsOn(5, 5), countsOn(5, 0), countsOn(5, 4), countsOn(5, 6)]).toEqual([true, false, false, false, true]);
});

test("ACC-16: the account in a passkey is read as it was written", () => {
  fc.assert(fc.property(fc.uuid(), (id) => accountIn(Buffer.from(handleOf(id)).toString("base64url")) === id));
  for (const foreign of [undefined, "", "AAAA", "not an account", "A".repeat(64)]) expect(accountIn(foreign)).toBeNull();
});

test("ACC-16: a form that was sent before the dialog could open says so", () => {
  const early: FormValues[] = [{}, { answer: "" }];
  for (const values of early) expect(() => requireAnswer(values)).toThrow("The page was still loading. Press the button once more");
  expect(requireAnswer({ answer: "{}" })).toBeUndefined();
});
