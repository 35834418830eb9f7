"use server";

import { acceptNotice } from "@/lib/login-notices/commands";
import { dueAction } from "@/lib/web/account-action";
import { safePath } from "@/lib/web/visitor";

export const acceptNoticeAction = dueAction("notice", async (who, values) => {
  await acceptNotice(who, values);
  return safePath(values.next) ?? "/";
});
