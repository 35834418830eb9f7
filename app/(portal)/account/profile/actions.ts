"use server";

import { cancelEmailChange, requestEmailChange, resendEmailChange } from "@/lib/email-changes/commands";
import { saveProfile } from "@/lib/profile/commands";
import { profileFlashKey } from "@/lib/profile/rules";
import { freshAction, personAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";

export const saveProfileAction = personAction(async (who, values) => {
  const { token, ...saved } = await saveProfile(who, values);
  if (token) await setSessionCookie(token);
  return `/account?notice=${profileFlashKey(saved)}`;
});

export const requestAddressAction = freshAction(async (who, values) => {
  await requestEmailChange(who, values);
  return "/account?notice=email-requested";
});

export const requestAddressAgainAction = personAction(async (who, values) => {
  await resendEmailChange(who, values);
  return "/account?notice=email-requested";
});

export const cancelAddressAction = personAction(async (who, values) => {
  await cancelEmailChange(who, values);
  return "/account?notice=email-change-cancelled";
});
