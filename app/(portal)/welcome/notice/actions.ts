"use server";

import { acceptLoginTerms } from "@/lib/login-terms/commands";
import { dueAction } from "@/lib/web/account-action";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const acceptNoticeAction = dueAction("notice", async (who, values) => {
  await acceptLoginTerms(who, values);
  return safeRedirectPath(values.next) ?? "/";
});
