"use server";

import { endOtherSessions, endOwnSession } from "@/lib/sessions/commands";
import { accountAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";

export const endSessionAction = accountAction(async (self, values) => {
  await endOwnSession.fromRaw(self, values);
  return "/account?notice=session-ended#sessions";
});

export const endOtherSessionsAction = accountAction(async (self, values) => {
  await setSessionCookie(await endOtherSessions.fromRaw(self, values));
  return "/account?notice=other-sessions-ended#sessions";
});
