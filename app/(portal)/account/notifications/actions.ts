"use server";

import { setNotification } from "@/lib/notifications/commands";
import { Fault } from "@/lib/vocabulary/fault";
import { personAction } from "@/lib/web/account-action";
import { actorOf } from "@/lib/web/current-actor";
import { safePath } from "@/lib/web/visitor";

export const setNotificationAction = personAction(async (who, { organization, back, row, stay, ...values }) => {
  const held = who.memberships.find(({ orgId }) => orgId === organization);
  if (!held) throw new Fault("not_found", "You do not belong to this organization");
  await setNotification(await actorOf(who, held), values as never);
  if (stay === "true") return null;
  const path = safePath(back);
  const dialog = path?.startsWith("/account?") ? path : `/account?dialog=notifications&org=${held.orgId}`;
  return typeof row === "string" && /^notify-[\w-]{1,40}$/.test(row) ? `${dialog}#${row}` : dialog;
});
