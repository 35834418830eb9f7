"use server";

import { acceptLoginTerms } from "@/lib/login-terms/commands";
import { pendingStepAction } from "@/lib/web/account-action";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const acceptNoticeAction = pendingStepAction("notice", async (self, values) => {
  await acceptLoginTerms.fromRaw(self, values);
  return safeRedirectPath(values.next) ?? "/";
});
