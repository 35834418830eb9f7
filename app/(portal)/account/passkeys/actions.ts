"use server";

import { addPasskey, removePasskey, renamePasskey } from "@/lib/passkeys/commands";
import { requirePasskeyAnswer } from "@/lib/passkeys/rules";
import { recentAuthAction, accountAction } from "@/lib/web/account-action";

export const addPasskeyAction = recentAuthAction(async (who, values) => {
  requirePasskeyAnswer(values);
  await addPasskey(who, values);
  return "/account?notice=passkey-added#passkeys";
});

export const renamePasskeyAction = accountAction(async (who, values) => {
  await renamePasskey(who, values);
  return "/account?notice=passkey-renamed#passkeys";
});

export const removePasskeyAction = recentAuthAction(async (who, values) => {
  await removePasskey(who, values);
  return "/account?notice=passkey-removed#passkeys";
});
