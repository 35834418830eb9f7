"use server";

import { hasRecentAuth } from "@/lib/sessions/rules";
import { startTwoFactorSetup, disableTwoFactor, regenerateRecoveryCodes, completeTwoFactorSetup } from "@/lib/two-factor/commands";
import { AcknowledgeRecoveryCodes, codesNotStored } from "@/lib/two-factor/schema";
import { AppError } from "@/lib/shared/app-error";
import { allowPending2faAction, accountAction } from "@/lib/web/account-action";
import { setSessionCookie } from "@/lib/web/session";
import { clearOneTimeCookie, setOneTimeCookie } from "@/lib/web/one-time-cookie";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { codesPath, verifyPath } from "./paths";

export const setUpTwoFactorAction = allowPending2faAction(async (self, { next, ...values }) => {
  await startTwoFactorSetup.fromRaw(self, values);
  return verifyPath(safeRedirectPath(next));
});

export const verifyTwoFactorAction = allowPending2faAction(async (self, { next, ...values }) => {
  if (!hasRecentAuth(self.age)) return verifyPath(safeRedirectPath(next));
  const { codes, token } = await completeTwoFactorSetup.fromRaw(self, values);
  await setSessionCookie(token);
  await setOneTimeCookie("codes", self, codes);
  return codesPath(safeRedirectPath(next));
});

export const disableTwoFactorAction = accountAction(async (self, values) => {
  await setSessionCookie(await disableTwoFactor.fromRaw(self, values));
  return "/account?notice=two-factor-disabled";
});

export const renewRecoveryCodesAction = accountAction(async (self, values) => {
  await setOneTimeCookie("codes", self, await regenerateRecoveryCodes.fromRaw(self, values));
  return codesPath(null);
});

export const acknowledgeCodesAction = accountAction(async (_self, { next, ...values }) => {
  if (!AcknowledgeRecoveryCodes.safeParse(values).success) throw new AppError("invalid", codesNotStored, { stored: [codesNotStored] });
  await clearOneTimeCookie("codes");
  return safeRedirectPath(next) ?? "/account?notice=recovery-codes-stored";
});
