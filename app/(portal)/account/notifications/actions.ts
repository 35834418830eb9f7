"use server";

import { setNotificationSubscription } from "@/lib/notifications/commands";
import { AppError } from "@/lib/shared/app-error";
import { accountAction } from "@/lib/web/account-action";
import { actorOf } from "@/lib/web/current-actor";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const setNotificationAction = accountAction(async (self, { organization, back, row, stay, ...values }) => {
  // Unlike `ownActor`, also while the organization is viewed as another administrator: the subscription is the account's own.
  const membership = self.memberships.find(({ orgId }) => orgId === organization);
  if (!membership) throw new AppError("not_found", "You don’t belong to this organization");
  await setNotificationSubscription.fromRaw(await actorOf(self, membership), values);
  if (stay === "true") return null;
  const path = safeRedirectPath(back);
  const dialog = path?.startsWith("/account?") ? path : `/account?dialog=notifications&org=${membership.orgId}`;
  return typeof row === "string" && /^notify-[\w-]{1,40}$/.test(row) ? `${dialog}#${row}` : dialog;
});
