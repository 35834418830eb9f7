"use server";

import { confirmIdentity } from "@/lib/confirmations/commands";
import { ownerAction } from "@/lib/web/account-action";
import { keepSession } from "@/lib/web/session";
import { safePath } from "@/lib/web/visitor";

const portal = /^\/(account|orgs)(?=[/?]|$)/;

export const confirmIdentityAction = ownerAction(async (who, { next, ...values }) => {
  await keepSession(await confirmIdentity(who, values));
  const path = safePath(next);
  return path && portal.test(path) ? path : "/account";
});
