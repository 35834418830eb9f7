"use server";

import { beginGoogleLink, unlinkGoogle } from "@/lib/identities/commands";
import { freshAction } from "@/lib/web/account-action";
import { setOut } from "@/lib/web/google";

export const linkGoogleAction = freshAction((who) => setOut(beginGoogleLink(who)));

export const unlinkGoogleAction = freshAction(async (who, values) => {
  await unlinkGoogle(who, values);
  return "/account?notice=google-unlinked";
});
