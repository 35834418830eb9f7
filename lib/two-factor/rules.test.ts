import fc from "fast-check";
import { generateSync } from "otplib/functional";
import { expect, test } from "vitest";
import { groupByFour, otpauthUri, generateRecoveryCodes, newTotpSecret, matchTimeStep } from "@/lib/two-factor/rules";
import { parseSecondFactorCode, VerifySecondFactor, CompleteTwoFactorSetup } from "@/lib/two-factor/schema";

const vectors = [
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
] as const;

test.each(vectors)("MFA-1: RFC 6238, appendix B: at %i seconds the code is the end of %s", (seconds, code) => {
  const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  expect(matchTimeStep(seed, code.slice(2), new Date(seconds * 1_000))).toBe(Math.floor(seconds / 30));
});

test("MFA-1: secrets have 160 bits and are unique", () => {
  const seeds = Array.from({ length: 50 }, newTotpSecret);
  expect(new Set(seeds).size).toBe(50);
  for (const seed of seeds) expect(seed).toMatch(/^[A-Z2-7]{32}$/);
});

const epochSeconds = fc.integer({ min: 1_000, max: 4_000_000_000 });

test("MFA-3: only the codes of the current and the previous time step are accepted", () => {
  fc.assert(
    fc.property(epochSeconds, fc.integer({ min: -20, max: 20 }), (now, offset) => {
      const seed = newTotpSecret();
      const at = (steps: number) => generateSync({ secret: seed, epoch: now + 30 * steps });
      const valid = [at(-1), at(0)];
      const step = matchTimeStep(seed, at(offset), new Date(now * 1_000));
      if (!valid.includes(at(offset))) return step === null;
      return step === Math.floor(now / 30) || step === Math.floor(now / 30) - 1;
    }),
  );
});

test("MFA-3: malformed input is refused without an exception", () => {
  const challengeId = "01900000-0000-7000-8000-000000000001";
  const typed = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "binary", maxLength: 12 }), fc.constant("１２３４５６"));
  fc.assert(
    fc.property(typed, (text) => {
      if (!/^[0-9]{6}$/.test(text)) expect(matchTimeStep(newTotpSecret(), text, new Date())).toBeNull();
      const parsed = parseSecondFactorCode(text);
      expect(VerifySecondFactor.safeParse({ code: text, challengeId }).success).toBe(parsed !== null && text.trim().length <= 64);
      if (CompleteTwoFactorSetup.safeParse({ code: text }).success) expect(parsed?.method).toBe("code");
    }),
  );
});

test("MFA-9: a recovery code has 80 bits and is accepted in any letter case, with any separator and with lookalikes", () => {
  const codes = generateRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.boolean(), fc.constantFrom("-", " ", "", " - ", "–", " — ", "−", "\u00AD"), (code, isLowerCase, separator) => {
      const written = groupByFour(code, separator);
      const copied = written.replaceAll("0", "O").replaceAll("1", isLowerCase ? "l" : "I");
      for (const text of [written, copied]) {
        expect(parseSecondFactorCode(isLowerCase ? text.toLowerCase() : text)).toEqual({ method: "recovery", text: code });
      }
    }),
  );
  expect(groupByFour(codes[0] ?? "")).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
});

test.each([" 123 456 ", "１２３４５６", "１２３　４５６", "123–456", "123−456", "123‑456", "123\u200B456"])("ACC-22: accepts the code “%s”", (typed) => {
  expect(parseSecondFactorCode(typed)).toEqual({ method: "code", text: "123456" });
  expect(CompleteTwoFactorSetup.safeParse({ code: typed }).success).toBe(true);
});

test("ACC-22: the otpauth URI contains product and email unchanged", () => {
  const uri = new URL(otpauthUri("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "Sign & Box", "ada+1@example.test"));
  expect(decodeURIComponent(uri.pathname)).toContain("Sign & Box:ada+1@example.test");
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", issuer: "Sign & Box" });
});
