import { expect, test } from "vitest";
import { wholeOf } from "./check";

test("ACC-3: what is said beside a field is not said above the form as well", () => {
  expect(wholeOf({ message: "They do not match", fields: { password: ["They do not match"] } })).toBeUndefined();
  expect(wholeOf({ message: "Check the marked fields", fields: { name: ["Enter a name"] } })).toBe("Check the marked fields");
  expect(wholeOf({ message: "There were too many tries" })).toBe("There were too many tries");
  expect(wholeOf(undefined)).toBeUndefined();
});
