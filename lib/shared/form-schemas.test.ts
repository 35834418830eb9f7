import { expect, test } from "vitest";
import { maxPasswordLength } from "@/lib/shared/password-rules";
import { requiredPassword, optionalPassword } from "@/lib/shared/form-schemas";

const messagesOf = (field: typeof optionalPassword | ReturnType<typeof requiredPassword>, typed: unknown) =>
  field.safeParse(typed).error?.issues.map(({ message }) => message);

const fields = [requiredPassword("Enter your password"), optionalPassword];
const tooLong = "A password has at most 128 characters";

test("AUT-1: a password is accepted in any Unicode composition, and one that is too long names the limit", () => {
  for (const field of fields) {
    for (const sign of ["a", "\u{1F511}", "ế".normalize("NFD"), "한".normalize("NFD")]) {
      expect(messagesOf(field, sign.repeat(maxPasswordLength)), sign).toBeUndefined();
    }
    expect(messagesOf(field, "a".repeat(1_025))).toEqual([tooLong]);
  }
});

test("AUT-1: a missing required password gives a message, an optional one may be left empty", () => {
  for (const left of ["", undefined]) expect(messagesOf(fields[0] ?? optionalPassword, left)).toEqual(["Enter your password"]);
  expect(optionalPassword.parse(undefined)).toBe("");
});
