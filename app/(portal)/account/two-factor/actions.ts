"use server";

import { isFresh } from "@/lib/sessions/rules";
import { beginTwoFactor, disableTwoFactor, renewRecoveryCodes, verifyTwoFactor } from "@/lib/two-factor/commands";
import { KeepCodes, storeFirst } from "@/lib/two-factor/schema";
import { Fault } from "@/lib/vocabulary/fault";
import { ownerAction, personAction } from "@/lib/web/account-action";
import { keepSession } from "@/lib/web/session";
import { forgetHandedOver, handOver } from "@/lib/web/shown-once";
import { safePath } from "@/lib/web/visitor";
import { codesPath, verifyPath } from "./paths";

export const beginTwoFactorAction = ownerAction(async (who, { next, ...values }) => {
  await beginTwoFactor(who, values);
  return verifyPath(safePath(next));
});

export const verifyTwoFactorAction = ownerAction(async (who, { next, ...values }) => {
  if (!isFresh(who.age)) return verifyPath(safePath(next));
  const { codes, token } = await verifyTwoFactor(who, values);
  await keepSession(token);
  await handOver("codes", who, codes);
  return codesPath(safePath(next));
});

export const disableTwoFactorAction = personAction(async (who, values) => {
  await keepSession(await disableTwoFactor(who, values));
  return "/account?notice=two-factor-disabled";
});

export const renewRecoveryCodesAction = personAction(async (who, values) => {
  await handOver("codes", who, await renewRecoveryCodes(who, values));
  return codesPath(null);
});

export const keepCodesAction = personAction(async (_who, { next, ...values }) => {
  if (!KeepCodes.safeParse(values).success) throw new Fault("invalid", storeFirst, { stored: [storeFirst] });
  await forgetHandedOver("codes");
  return safePath(next) ?? "/account?notice=recovery-codes-stored";
});
