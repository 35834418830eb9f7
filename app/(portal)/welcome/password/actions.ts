"use server";

import { changePassword } from "@/lib/profiles/commands";
import { withNotice } from "@/lib/vocabulary/notices";
import { dueAction } from "@/lib/web/account-action";
import { keepSession } from "@/lib/web/session";
import { safePath } from "@/lib/web/visitor";

export const changeOldPasswordAction = dueAction("password", async (who, values) => {
  await keepSession(await changePassword(who, values));
  return withNotice(safePath(values.next) ?? "/", "new-password-saved");
});
