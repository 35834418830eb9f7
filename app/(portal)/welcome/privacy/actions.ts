"use server";

import { choosePrivacy } from "@/lib/usage-analytics/commands";
import { pendingStepAction } from "@/lib/web/account-action";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const choosePrivacyAction = pendingStepAction("privacy", async (self, values) => {
  await choosePrivacy.fromRaw(self, values);
  return safeRedirectPath(values.next) ?? "/";
});
