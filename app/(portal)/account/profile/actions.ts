"use server";

import { cancelEmailChange, requestEmailChange, resendEmailChange } from "@/lib/email-changes/commands";
import { saveProfile } from "@/lib/profile/commands";
import { profileFlashKey } from "@/lib/profile/rules";
import { recentAuthAction, accountAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";

export const saveProfileAction = accountAction(async (who, values) => {
  const { token, ...saved } = await saveProfile.fromRaw(who, values);
  if (token) await setSessionCookie(token);
  return `/account?notice=${profileFlashKey(saved)}`;
});

export const requestAddressAction = recentAuthAction(async (who, values) => {
  await requestEmailChange.fromRaw(who, values);
  return "/account?notice=email-requested";
});

export const requestAddressAgainAction = accountAction(async (who, values) => {
  await resendEmailChange.fromRaw(who, values);
  return "/account?notice=email-requested";
});

export const cancelAddressAction = accountAction(async (who, values) => {
  await cancelEmailChange.fromRaw(who, values);
  return "/account?notice=email-change-cancelled";
});
