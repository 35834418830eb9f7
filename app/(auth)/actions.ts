"use server";

import { requestAccount, requestReset, resetPassword, sendAgain, validateAddress } from "@/lib/accounts/commands";
import { Region } from "@/lib/accounts/schema";
import { instanceFor } from "@/lib/brand";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { requireAnswer } from "@/lib/passkeys/rules";
import { signIn } from "@/lib/sessions/commands";
import { visitorAction } from "@/lib/web/account-action";
import { comeIn, dropChallenge, heldChallenge } from "@/lib/web/entrance";
import { forgetBrowser, knownBrowser } from "@/lib/web/session";
import { requestOrigin, wantedIn } from "@/lib/web/visitor";

export const createAccountAction = visitorAction("create_account", async (values) => {
  const region = Region.safeParse(values.region).data;
  const elsewhere = region && instanceFor(region);
  if (elsewhere) return new URL(`/create-account?region=${region}`, elsewhere).toString();
  return `/create-account/sent?request=${await requestAccount(values, await requestOrigin())}`;
});

export const sendValidationAgainAction = visitorAction("send_again", async (values) => {
  const request = await sendAgain("sign_up", values, await requestOrigin());
  return `/create-account/sent?request=${request}&notice=mail-sent-again`;
});

export const sendResetAgainAction = visitorAction("send_again", async (values) => {
  const request = await sendAgain("recover", values, await requestOrigin());
  return `/recover/sent?request=${request}&notice=mail-sent-again`;
});

export const validateAddressAction = visitorAction("validate_address", async (values) => {
  const { email } = await validateAddress(values, await requestOrigin());
  return `/sign-in?email=${encodeURIComponent(email)}&notice=address-validated`;
});

export const signInAction = visitorAction("sign_in", async (values) => {
  const wanted = wantedIn(values);
  const visit = { origin: await requestOrigin(), browserIdFor: await knownBrowser() };
  return comeIn(await signIn(values, visit, wanted), wanted);
});

export const enterByPasskeyAction = visitorAction("passkey", async (values) => {
  requireAnswer(values);
  const visit = { origin: await requestOrigin(), challengeSecret: await heldChallenge() };
  const { loginResult, returnTo } = await signInWithPasskey(values, visit, wantedIn(values));
  await dropChallenge();
  return comeIn(loginResult, returnTo);
});

export const recoverAction = visitorAction("recover", async (values) => {
  return `/recover/sent?request=${await requestReset(values, await requestOrigin())}`;
});

export const resetPasswordAction = visitorAction("reset_password", async (values) => {
  const { accountId, email, opensOtherwise } = await resetPassword(values, await requestOrigin());
  await forgetBrowser(accountId);
  const then = opensOtherwise ? `password-changed-of-several&next=${encodeURIComponent("/account?dialog=login-methods")}` : "password-changed";
  return `/sign-in?email=${encodeURIComponent(email)}&notice=${then}`;
});
