"use server";

import { confirmAddress } from "@/lib/addresses/commands";
import { visitorAction } from "@/lib/web/account-action";
import { keepSession, rememberBrowser, signedIn } from "@/lib/web/session";
import { requestOrigin } from "@/lib/web/visitor";

export const confirmEmailAction = visitorAction("confirm_email", async (values) => {
  const { email, token } = await confirmAddress(values, await requestOrigin(), await signedIn());
  if (token) {
    await keepSession(token);
    await rememberBrowser(email);
    return "/account?notice=email-changed";
  }
  return `/sign-in?email=${encodeURIComponent(email)}&notice=email-changed`;
});
