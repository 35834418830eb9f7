"use server";

import { confirmEmailChange } from "@/lib/email-changes/commands";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import { publicAction } from "@/lib/web/account-action";
import { setSessionCookie, activeSession } from "@/lib/web/session";
import { requestMetadata } from "@/lib/web/request-metadata";

export const confirmEmailAction = publicAction("confirm_email", async (values) => {
  const origin = await requestMetadata();
  const { email, token } = await confirmEmailChange.fromRaw({ origin, session: await activeSession() }, values);
  if (token) {
    await setSessionCookie(token);
    return withFlashRequestId("/account?notice=email-changed", origin.requestId);
  }
  return `/sign-in?email=${encodeURIComponent(email)}&notice=email-changed`;
});
