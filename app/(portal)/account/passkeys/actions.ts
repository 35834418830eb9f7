"use server";

import { addPasskey, removePasskey, renamePasskey } from "@/lib/passkeys/commands";
import { requirePasskeyAnswer } from "@/lib/passkeys/rules";
import { recentAuthAction, accountAction } from "@/lib/web/account-action";

export const addPasskeyAction = recentAuthAction(async (who, values) => {
  requirePasskeyAnswer(values);
  await addPasskey.fromRaw(who, values);
  return "/account?notice=passkey-added#passkeys";
});

export const renamePasskeyAction = accountAction(async (who, values) => {
  await renamePasskey.fromRaw(who, values);
  return "/account?notice=passkey-renamed#passkeys";
});

export const removePasskeyAction = recentAuthAction(async (who, values) => {
  await removePasskey.fromRaw(who, values);
  return "/account?notice=passkey-removed#passkeys";
});
