"use server";

import { changePassword } from "@/lib/profiles/commands";
import { dueAction } from "@/lib/web/account-action";
import { safePath } from "@/lib/web/visitor";

export const changeOldPasswordAction = dueAction("password", async (who, values) => {
  await changePassword(who, values);
  return safePath(values.next) ?? "/";
});
