import { expect, test } from "vitest";
import { passwordCeiling } from "@/lib/vocabulary/new-password";
import { password, perhapsPassword } from "@/lib/vocabulary/sent";

const wordsOf = (field: typeof perhapsPassword | ReturnType<typeof password>, typed: unknown) =>
  field.safeParse(typed).error?.issues.map(({ message }) => message);

const fields = [password("Enter your password"), perhapsPassword];
const tooLong = "A password has at most 128 characters";

test("AUT-1: a password is taken however its signs are composed, and one that is too long is told the true limit", () => {
  for (const field of fields) {
    for (const sign of ["a", "\u{1F511}", "ế".normalize("NFD"), "한".normalize("NFD")]) {
      expect(wordsOf(field, sign.repeat(passwordCeiling)), sign).toBeUndefined();
    }
    expect(wordsOf(field, "a".repeat(1_025))).toEqual([tooLong]);
  }
});

test("AUT-1: a password that is asked for is missed in words, one that is not may be left out", () => {
  for (const left of ["", undefined]) expect(wordsOf(fields[0] ?? perhapsPassword, left)).toEqual(["Enter your password"]);
  expect(perhapsPassword.parse(undefined)).toBe("");
});
