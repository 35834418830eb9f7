"use server";

import { confirmIdentity } from "@/lib/confirmations/commands";
import { confirmWithPasskey } from "@/lib/passkeys/commands";
import { requireAnswer } from "@/lib/passkeys/rules";
import { ownerAction } from "@/lib/web/account-action";
import { keepSession } from "@/lib/web/session";
import { safePath } from "@/lib/web/visitor";

const portal = /^\/(account|orgs)(?=[/?]|$)/;

function within(next: unknown): string {
  const path = safePath(next);
  return path && portal.test(path) ? path : "/account";
}

export const confirmIdentityAction = ownerAction(async (who, { next, ...values }) => {
  await keepSession(await confirmIdentity(who, values));
  return within(next);
});

export const confirmWithPasskeyAction = ownerAction(async (who, { next, ...values }) => {
  requireAnswer(values);
  await keepSession(await confirmWithPasskey(who, values));
  return within(next);
});
