"use server";

import { setNotificationSubscription } from "@/lib/notifications/commands";
import { accountAction } from "@/lib/web/account-action";
import { ownActor } from "@/lib/web/current-actor";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const setNotificationAction = accountAction(async (self, { organization, back, row, stay, ...values }) => {
  const actor = await ownActor(self, organization);
  await setNotificationSubscription.fromRaw(actor, values);
  if (stay === "true") return null;
  const path = safeRedirectPath(back);
  const dialog = path?.startsWith("/account?") ? path : `/account?dialog=notifications&org=${actor.orgId}`;
  return typeof row === "string" && /^notify-[\w-]{1,40}$/.test(row) ? `${dialog}#${row}` : dialog;
});
