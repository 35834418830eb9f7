import { expect, test } from "vitest";
import { whyNot } from "@/components/passkey/words";

const named = (name: string) => Object.assign(new Error("in the words of a browser"), { name });

test("ACC-16: a dialog that was closed is told calmly, and what a browser says is never shown", () => {
  expect(whyNot(named("NotAllowedError"), "enter")).toBe("No passkey was used: the browser's dialog was closed or waited too long");
  expect(whyNot(named("InvalidStateError"), "add")).toMatch(/already$/);
  for (const odd of [named("UnknownError"), named("InvalidStateError"), "text", null]) {
    expect(whyNot(odd, "enter")).toBe("The passkey could not be used. Try again, or sign in with your password");
  }
});
