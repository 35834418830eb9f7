"use server";

import { choosePrivacy } from "@/lib/usage-analytics/commands";
import { dueAction } from "@/lib/web/account-action";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const choosePrivacyAction = dueAction("privacy", async (who, values) => {
  await choosePrivacy(who, values);
  return safeRedirectPath(values.next) ?? "/";
});
