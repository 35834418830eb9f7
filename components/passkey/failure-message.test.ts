import { expect, test } from "vitest";
import { failureMessage } from "@/components/passkey/failure-message";

const named = (name: string) => Object.assign(new Error("in the words of a browser"), { name });

test("ACC-16: a dialog that was closed is reported calmly, and what a browser says is never shown", () => {
  const closed = { text: "No passkey was used: the browser’s dialog was closed or timed out", calm: true };
  expect(failureMessage(named("NotAllowedError"), "enter")).toEqual(closed);
  expect(failureMessage(named("InvalidStateError"), "add")).toMatchObject({ text: expect.stringMatching(/already has a passkey/), calm: false });
  for (const odd of [named("UnknownError"), named("InvalidStateError"), "text", null]) {
    const text = "The passkey couldn’t be used. Try again, or sign in with your password";
    expect(failureMessage(odd, "enter")).toEqual({ text, calm: false });
  }
});
