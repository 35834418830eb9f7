"use server";

import { confirmAddress } from "@/lib/addresses/commands";
import { visitorAction } from "@/lib/web/account-action";
import { standing } from "@/lib/web/session";
import { requestOrigin } from "@/lib/web/visitor";

export const confirmEmailAction = visitorAction("confirm_email", async (values) => {
  const browser = (await standing())?.who ?? null;
  const { accountId, email } = await confirmAddress(values, await requestOrigin(), browser);
  if (browser?.account.id === accountId) return "/account?notice=email-changed";
  return `/sign-in?email=${encodeURIComponent(email)}&notice=email-changed`;
});
