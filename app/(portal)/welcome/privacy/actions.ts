"use server";

import { choosePrivacy } from "@/lib/usage/commands";
import { dueAction } from "@/lib/web/account-action";
import { safePath } from "@/lib/web/visitor";

export const choosePrivacyAction = dueAction("privacy", async (who, values) => {
  await choosePrivacy(who, values);
  return safePath(values.next) ?? "/";
});
