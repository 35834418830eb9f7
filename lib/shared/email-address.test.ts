import fc from "fast-check";
import { expect, test } from "vitest";
import { EmailAddress } from "./email-address";

const hostile = [
  '"e@attacker.test"@victim.test', '"e@attacker.test x"@victim.test', "a@victim.test, b@attacker.test",
  "a@victim.test;b@attacker.test", "a@victim.test b@attacker.test", "a@victim.test\r\nBcc: b@attacker.test",
  "a@victim.test\nb@attacker.test", "a@victim.test\0b@attacker.test", "a@victim.test\tb@attacker.test",
  "a@attacker.test＠victim.test", "a＠attacker.test@victim.test", "a﹫attacker.test@victim.test",
  "b@attacker.test，a@victim.test", "b@attacker.test﹐a@victim.test", "Victim <a@victim.test>",
  "<b@attacker.test> a@victim.test", "b@attacker.test＜a@victim.test＞", "a@victim.test(b@attacker.test)",
  "a@@victim.test", "@victim.test", "a@", "a", "", "a@victim", "a@[127.0.0.1]", "a@127.0.0.1", "a@victim..test",
  ".a@victim.test", "a..b@victim.test", "a%attacker.test@victim.test", "attacker.test!a@victim.test",
  "a@victim.test\u2028b@attacker.test", "a\u200b@victim.test", "a@vic\u00adtim.test", "a@-victim.test",
  "a@victim.test/x",
  "a@victim.test\\b", "a@victim.test?bcc=b@attacker.test", "group:a@victim.test,b@attacker.test;",
  "a\u202e@victim.test",
  `${"a".repeat(65)}@victim.test`, `a@${"b".repeat(64)}.test`, `a@${"bcd.".repeat(70)}test`,
  `${"a@".repeat(100_000)}b.test`,
];

test.each(hostile.map((address) => [address]))("LNK-8: rejects %j", (address) => {
  expect(hostile.length).toBeGreaterThanOrEqual(30);
  expect(EmailAddress.safeParse(address).success).toBe(false);
});

const encodedWords = [
  "=?utf-8?q?a?=@example.com", "=?UTF-8?B?YQ==?=@example.com", "x=?utf-8?q?b=40attacker.test?=@example.com", "=?utf-8*en?Q?a?=@example.com",
  "＝？utf-8？q？a？＝@example.com", "a=?@example.com", "a?=@example.com", "=?us-ascii?q?a@attacker.test?=@example.com", "mailto:=?utf-8?q?a?=@example.com",
];

test.each(encodedWords)("LNK-8: %s is refused as an encoded address", (address) => {
  expect(EmailAddress.safeParse(address).error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/^This address is encoded/)]);
});

test("LNK-8: an accepted address holds no encoded word and is refused or kept the same when it is read again", () => {
  const part = fc.string({ unit: fc.constantFrom(..."=?＝？aQ8-_.utf*@ \u200bé"), maxLength: 24 });
  fc.assert(
    fc.property(part, (typed) => {
      const kept = EmailAddress.safeParse(`${typed}@example.com`).data;
      if (kept === undefined) return;
      expect(kept).not.toMatch(/=\?|\?=/);
      expect(EmailAddress.parse(kept)).toBe(kept);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["prvs=0a1b=maria@acme.test", "prvs=0a1b=maria@acme.test"],
  ["  Maria.Berg@Acme.Test ", "maria.berg@acme.test"],
  ["maria＠acme.test", "maria@acme.test"],
  ["ｍaria@acme．test", "maria@acme.test"],
  ["o'brien+portal@mail.acme.co.uk", "o'brien+portal@mail.acme.co.uk"],
  ["anna@Bücher.example", "anna@xn--bcher-kva.example"],
  ["anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"],
  ["\u212aurt@acme.test", "kurt@acme.test"],
])("LNK-8: %j is normalized to %j", (typed, kept) => {
  expect(EmailAddress.parse(typed)).toBe(kept);
});

test("LNK-8: normalization is idempotent", () => {
  const once = EmailAddress.parse("Ａnna@BÜCHER.example");
  expect(EmailAddress.parse(once)).toBe(once);
});

test("X-4: the error message says what to enter", () => {
  expect(EmailAddress.safeParse("maria").error?.issues.map(({ message }) => message)).toEqual([
    "Enter one email address, like name@example.com",
  ]);
  expect(EmailAddress.safeParse(undefined).error?.issues[0]?.message).toBe("Enter an email address");
});
