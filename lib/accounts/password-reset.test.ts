import { beforeAll, expect, test } from "vitest";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { loginOptions } from "@/lib/passkeys/queries";
import { hashPassword } from "@/lib/passwords/hash";
import { newPasskeyDevice } from "@/lib/testing/authenticator";
import { configureGoogle, insertGoogleIdentity } from "@/lib/testing/google";
import { validPassword, newRequestMetadata, openedSession, latestEmailToken, runQueuedJobs } from "@/lib/testing/sign-in";
import { queuedEmailsTo, newAccount, type TestAccount } from "@/lib/testing/fixtures";

beforeAll(() => configureGoogle("https://accounts.example.net"));

async function resetPasswordOf({ email }: TestAccount) {
  const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email });
  await runQueuedJobs("account.recover", { request });
  const token = await latestEmailToken(email, "reset-password");
  return resetPassword({ origin: newRequestMetadata() }, { token, password: "another-lantern-52-quiet" });
}

test("ACC-15: a reset keeps passkeys and the Google account; the email to the owner lists them and links to their settings", async () => {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword) });
  const device = await newPasskeyDevice(person);
  const { email } = await insertGoogleIdentity(person);
  expect(await resetPasswordOf(person)).toEqual({ accountId: person.id, email: person.email, hasOtherMethods: true });
  expect((await queuedEmailsTo(person.email)).at(-1)).toMatchObject({
    template: "password-replaced",
    props: { ways: `the passkey “Key” and the Google account ${email}`, link: expect.stringMatching(/\/account\?dialog=login-methods$/) },
  });
  const answer = JSON.stringify(device.get(await loginOptions()));
  const login = await signInWithPasskey({ origin: newRequestMetadata(), challengeSecret: null }, { answer });
  expect(openedSession(login).accountId).toBe(person.id);
});

test("ACC-15: without other login methods, a reset sends the plain security notice", async () => {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword) });
  await insertGoogleIdentity(await newAccount());
  expect(await resetPasswordOf(person)).toEqual({ accountId: person.id, email: person.email, hasOtherMethods: false });
  expect((await queuedEmailsTo(person.email)).at(-1)).toMatchObject({ template: "security-notice", props: { what: "Your password was changed" } });
});
