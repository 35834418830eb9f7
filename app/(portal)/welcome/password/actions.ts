"use server";

import { changePassword } from "@/lib/profile/commands";
import { withFlashMessage } from "@/lib/shared/flash-messages";
import { pendingStepAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const changeOldPasswordAction = pendingStepAction("password", async (self, values) => {
  await setSessionCookie(await changePassword.fromRaw(self, values));
  return withFlashMessage(safeRedirectPath(values.next) ?? "/", "new-password-saved");
});
