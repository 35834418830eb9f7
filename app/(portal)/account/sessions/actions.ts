"use server";

import { endOtherSessions, endOwnSession } from "@/lib/sessions/commands";
import { personAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";

export const endSessionAction = personAction(async (who, values) => {
  await endOwnSession(who, values);
  return "/account?notice=session-ended#sessions";
});

export const endOtherSessionsAction = personAction(async (who, values) => {
  await setSessionCookie(await endOtherSessions(who, values));
  return "/account?notice=other-sessions-ended#sessions";
});
