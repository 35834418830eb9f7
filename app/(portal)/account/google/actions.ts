"use server";

import { startGoogleLink, unlinkGoogle } from "@/lib/identities/commands";
import { recentAuthAction } from "@/lib/web/account-action";
import { startOAuth } from "@/lib/web/google-oauth";

export const linkGoogleAction = recentAuthAction((self) => startOAuth(startGoogleLink(self, {})));

export const unlinkGoogleAction = recentAuthAction(async (self, values) => {
  await unlinkGoogle.fromRaw(self, values);
  return "/account?notice=google-unlinked";
});
