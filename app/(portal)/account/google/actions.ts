"use server";

import { startGoogleLink, unlinkGoogle } from "@/lib/identities/commands";
import { recentAuthAction } from "@/lib/web/account-action";
import { startOAuth } from "@/lib/web/google-oauth";

export const linkGoogleAction = recentAuthAction((who) => startOAuth(startGoogleLink(who, {})));

export const unlinkGoogleAction = recentAuthAction(async (who, values) => {
  await unlinkGoogle.fromRaw(who, values);
  return "/account?notice=google-unlinked";
});
