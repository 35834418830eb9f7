"use server";

import { createSdkKey, revokeSdkKey } from "@/lib/mobile-sdk/commands";
import { action } from "@/lib/web/action";
import { setOneTimeCookie } from "@/lib/web/one-time-cookie";

export const createSdkKeyAction = action(createSdkKey, async (orgId, { secret }, session) => {
  await setOneTimeCookie("sdk-key", session, [secret]);
  return `/orgs/${orgId}/mobile-sdk?dialog=new-key&notice=sdk-key-created`;
});

export const revokeSdkKeyAction = action(revokeSdkKey, (orgId) => `/orgs/${orgId}/mobile-sdk?notice=sdk-key-revoked`);
