"use server";

import { acceptLoginTerms } from "@/lib/login-terms/commands";
import { pendingStepAction } from "@/lib/web/account-action";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const acceptNoticeAction = pendingStepAction("notice", async (who, values) => {
  await acceptLoginTerms(who, values);
  return safeRedirectPath(values.next) ?? "/";
});
