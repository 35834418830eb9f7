"use server";

import { confirmAddress } from "@/lib/addresses/commands";
import { withRequest } from "@/lib/vocabulary/notices";
import { visitorAction } from "@/lib/web/account-action";
import { keepSession, signedIn } from "@/lib/web/session";
import { requestOrigin } from "@/lib/web/visitor";

export const confirmEmailAction = visitorAction("confirm_email", async (values) => {
  const origin = await requestOrigin();
  const { email, token } = await confirmAddress(values, origin, await signedIn());
  if (token) {
    await keepSession(token);
    return withRequest("/account?notice=email-changed", origin.requestId);
  }
  return `/sign-in?email=${encodeURIComponent(email)}&notice=email-changed`;
});
