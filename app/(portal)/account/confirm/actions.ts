"use server";

import { reauthenticate } from "@/lib/reauthentication/commands";
import { reauthenticateWithPasskey } from "@/lib/passkeys/commands";
import { requirePasskeyAnswer } from "@/lib/passkeys/rules";
import { allowPending2faAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";
import { safeRedirectPath } from "@/lib/web/request-metadata";

const portal = /^\/(account|orgs)(?=[/?]|$)/;

function within(next: unknown): string {
  const path = safeRedirectPath(next);
  return path && portal.test(path) ? path : "/account";
}

export const confirmIdentityAction = allowPending2faAction(async (self, { next, ...values }) => {
  await setSessionCookie(await reauthenticate.fromRaw(self, values));
  return within(next);
});

export const confirmWithPasskeyAction = allowPending2faAction(async (self, { next, ...values }) => {
  requirePasskeyAnswer(values);
  await setSessionCookie(await reauthenticateWithPasskey.fromRaw(self, values));
  return within(next);
});
