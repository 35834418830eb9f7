"use server";

import { AcknowledgeSdkKey, keyNotStored } from "@/lib/mobile-sdk/schema";
import { AppError } from "@/lib/shared/app-error";
import { accountAction } from "@/lib/web/account-action";
import { clearOneTimeCookie } from "@/lib/web/one-time-cookie";
import { safeRedirectPath } from "@/lib/web/request-metadata";

export const acknowledgeSdkKeyAction = accountAction(async (_self, { next, ...values }) => {
  if (!AcknowledgeSdkKey.safeParse(values).success) throw new AppError("invalid", keyNotStored, { stored: [keyNotStored] });
  await clearOneTimeCookie("sdk-key");
  return safeRedirectPath(next) ?? "/";
});
