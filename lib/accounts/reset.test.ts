import { beforeAll, expect, test } from "vitest";
import { requestReset, resetPassword } from "@/lib/accounts/commands";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { offerToEnter } from "@/lib/passkeys/queries";
import { hashPassword } from "@/lib/passwords/hash";
import { deviceOf } from "@/lib/testing/authenticator";
import { configure, linkedBefore } from "@/lib/testing/google";
import { goodPassword, newVisitor, tokenMailed, work } from "@/lib/testing/visitors";
import { mailsTo, newPerson, type Person } from "@/lib/testing/world";

beforeAll(() => configure("https://accounts.example.net"));

async function resetPasswordOf({ email }: Person) {
  const request = await requestReset({ email }, newVisitor());
  await work("account.recover", { request });
  const token = await tokenMailed(email, "reset-password");
  return resetPassword({ token, password: "another-lantern-52-quiet" }, newVisitor());
}

test("ACC-15: a reset keeps passkeys and the Google account; the email to the owner lists them and links to their settings", async () => {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword) });
  const device = await deviceOf(person);
  const { email } = await linkedBefore(person);
  expect(await resetPasswordOf(person)).toEqual({ accountId: person.id, email: person.email, hasOtherMethods: true });
  expect((await mailsTo(person.email)).at(-1)).toMatchObject({
    template: "password-replaced",
    props: { ways: `the passkey “Key” and the Google account ${email}`, link: expect.stringMatching(/\/account\?dialog=login-methods$/) },
  });
  const answer = JSON.stringify(device.get(await offerToEnter()));
  const { loginResult } = await signInWithPasskey({ answer }, { origin: newVisitor(), challengeSecret: null }, { path: null });
  expect(loginResult.accountId).toBe(person.id);
});

test("ACC-15: without other login methods, a reset sends the plain security notice", async () => {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword) });
  await linkedBefore(await newPerson());
  expect(await resetPasswordOf(person)).toEqual({ accountId: person.id, email: person.email, hasOtherMethods: false });
  expect((await mailsTo(person.email)).at(-1)).toMatchObject({ template: "security-notice", props: { what: "Your password was changed" } });
});
