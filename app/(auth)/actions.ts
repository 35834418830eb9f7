"use server";

import { requestSignUp, requestPasswordReset, resetPassword, resendEmail, verifyEmail } from "@/lib/accounts/commands";
import { Region } from "@/lib/accounts/schema";
import { otherInstanceUrl } from "@/lib/brand";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { requirePasskeyAnswer } from "@/lib/passkeys/rules";
import { signIn } from "@/lib/sessions/commands";
import { publicAction } from "@/lib/web/account-action";
import { completeLogin, clearChallengeCookie, loginContext, readChallengeCookie } from "@/lib/web/login-flow";
import { untrustDevice } from "@/lib/web/session";
import { clearSignUpCookie, readSignUpCookie, setSignUpCookie } from "@/lib/web/sign-up-cookie";
import { browserHourCycle, requestMetadata, parseReturnTo } from "@/lib/web/request-metadata";

export const createAccountAction = publicAction("create_account", async (values) => {
  const region = Region.safeParse(values.region).data;
  const elsewhere = region && otherInstanceUrl(region);
  if (elsewhere) return new URL(`/create-account?region=${region}`, elsewhere).toString();
  const context = { origin: await requestMetadata(), browserSecret: await setSignUpCookie() };
  return `/create-account?request=${await requestSignUp.fromRaw(context, values)}`;
});

export const sendValidationAgainAction = publicAction("send_again", async (values) => {
  const request = await resendEmail.fromRaw({ origin: await requestMetadata(), purpose: "sign_up" }, values);
  return `/create-account?request=${request}&notice=mail-sent-again`;
});

export const sendResetAgainAction = publicAction("send_again", async (values) => {
  const request = await resendEmail.fromRaw({ origin: await requestMetadata(), purpose: "recover" }, values);
  return `/recover/sent?request=${request}&notice=mail-sent-again`;
});

export const validateAddressAction = publicAction("validate_address", async (values) => {
  const context = { ...(await loginContext()), browserSecret: await readSignUpCookie(), hourCycle: await browserHourCycle() };
  const login = await verifyEmail.fromRaw(context, values);
  await clearSignUpCookie();
  return completeLogin(login, { path: null });
});

export const signInAction = publicAction("sign_in", async (values) => {
  return completeLogin(await signIn.fromRaw(await loginContext(), values), parseReturnTo(values));
});

export const enterByPasskeyAction = publicAction("passkey", async (values) => {
  requirePasskeyAnswer(values);
  const login = await signInWithPasskey.fromRaw({ ...(await loginContext()), challengeSecret: await readChallengeCookie() }, values);
  await clearChallengeCookie();
  return completeLogin(login, parseReturnTo(values));
});

export const recoverAction = publicAction("recover", async (values) => {
  return `/recover/sent?request=${await requestPasswordReset.fromRaw({ origin: await requestMetadata() }, values)}`;
});

export const resetPasswordAction = publicAction("reset_password", async (values) => {
  const { accountId, email, hasOtherMethods } = await resetPassword.fromRaw({ origin: await requestMetadata() }, values);
  await untrustDevice(accountId);
  const then = hasOtherMethods ? `password-changed-of-several&next=${encodeURIComponent("/account?dialog=login-methods")}` : "password-changed";
  return `/sign-in?email=${encodeURIComponent(email)}&notice=${then}`;
});
