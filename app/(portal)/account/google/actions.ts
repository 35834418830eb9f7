"use server";

import { startGoogleLink, unlinkGoogle } from "@/lib/identities/commands";
import { freshAction } from "@/lib/web/account-action";
import { startOAuth } from "@/lib/web/google-oauth";

export const linkGoogleAction = freshAction((who) => startOAuth(startGoogleLink(who)));

export const unlinkGoogleAction = freshAction(async (who, values) => {
  await unlinkGoogle(who, values);
  return "/account?notice=google-unlinked";
});
