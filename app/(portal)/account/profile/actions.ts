"use server";

import { cancelAddress, requestAddress, requestAddressAgain } from "@/lib/addresses/commands";
import { saveProfile } from "@/lib/profiles/commands";
import { noticeFor } from "@/lib/profiles/rules";
import { freshAction, personAction } from "@/lib/web/account-action";
import { keepSession } from "@/lib/web/session";

export const saveProfileAction = personAction(async (who, values) => {
  const { token, ...saved } = await saveProfile(who, values);
  if (token) await keepSession(token);
  return `/account?notice=${noticeFor(saved)}`;
});

export const requestAddressAction = freshAction(async (who, values) => {
  await requestAddress(who, values);
  return "/account?notice=email-requested";
});

export const requestAddressAgainAction = personAction(async (who, values) => {
  await requestAddressAgain(who, values);
  return "/account?notice=email-requested";
});

export const cancelAddressAction = personAction(async (who, values) => {
  await cancelAddress(who, values);
  return "/account?notice=email-change-cancelled";
});
