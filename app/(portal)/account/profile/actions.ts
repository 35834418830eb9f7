"use server";

import { cancelEmailChange, requestEmailChange, resendEmailChange } from "@/lib/email-changes/commands";
import { saveProfile } from "@/lib/profile/commands";
import { profileFlashKey } from "@/lib/profile/rules";
import { recentAuthAction, accountAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";

export const saveProfileAction = accountAction(async (self, values) => {
  const { token, ...saved } = await saveProfile.fromRaw(self, values);
  if (token) await setSessionCookie(token);
  return `/account?notice=${profileFlashKey(saved)}`;
});

export const requestAddressAction = recentAuthAction(async (self, values) => {
  await requestEmailChange.fromRaw(self, values);
  return "/account?notice=email-requested";
});

export const requestAddressAgainAction = accountAction(async (self, values) => {
  await resendEmailChange.fromRaw(self, values);
  return "/account?notice=email-requested";
});

export const cancelAddressAction = accountAction(async (self, values) => {
  await cancelEmailChange.fromRaw(self, values);
  return "/account?notice=email-change-cancelled";
});
