"use server";

import { cancelAddress, requestAddress, requestAddressAgain } from "@/lib/addresses/commands";
import { saveProfile } from "@/lib/profiles/commands";
import { noticeFor } from "@/lib/profiles/rules";
import { freshAction, personAction } from "@/lib/web/account-action";

export const saveProfileAction = personAction(async (who, values) => `/account?notice=${noticeFor(await saveProfile(who, values))}`);

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
