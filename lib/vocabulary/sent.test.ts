import { expect, test } from "vitest";
import { passwordCeiling } from "@/lib/vocabulary/new-password";
import { password, perhapsPassword } from "@/lib/vocabulary/sent";

const messagesOf = (field: typeof perhapsPassword | ReturnType<typeof password>, typed: unknown) =>
  field.safeParse(typed).error?.issues.map(({ message }) => message);

const fields = [password("Enter your password"), perhapsPassword];
const tooLong = "A password has at most 128 characters";

test("AUT-1: a password is accepted in any Unicode composition, and one that is too long names the limit", () => {
  for (const field of fields) {
    for (const sign of ["a", "\u{1F511}", "ế".normalize("NFD"), "한".normalize("NFD")]) {
      expect(messagesOf(field, sign.repeat(passwordCeiling)), sign).toBeUndefined();
    }
    expect(messagesOf(field, "a".repeat(1_025))).toEqual([tooLong]);
  }
});

test("AUT-1: a missing required password gives a message, an optional one may be left empty", () => {
  for (const left of ["", undefined]) expect(messagesOf(fields[0] ?? perhapsPassword, left)).toEqual(["Enter your password"]);
  expect(perhapsPassword.parse(undefined)).toBe("");
});
