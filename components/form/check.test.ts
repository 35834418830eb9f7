import { expect, test } from "vitest";
import { wholeOf } from "./check";

const name = { name: { type: "server", message: "Enter a name" } };

test("ACC-3: what is said beside a field is not said above the form as well", () => {
  expect(wholeOf({ message: "They do not match", fields: { password: ["They do not match"] } }, { password: {} })).toBeUndefined();
  expect(wholeOf({ message: "Check the marked fields", fields: { name: ["Enter a name"] } }, name)).toBe("Check the marked fields");
  expect(wholeOf({ message: "Too many attempts" }, {})).toBe("Too many attempts");
  expect(wholeOf(undefined, {})).toBeUndefined();
});

test("ACC-3: the message above the form goes when the last marked field is right", () => {
  const error = { message: "Check the marked fields", fields: { name: ["Enter a name"], country: ["Choose the country"] } };
  expect(wholeOf(error, name)).toBe("Check the marked fields");
  expect(wholeOf(error, {})).toBeUndefined();
});
