"use server";

import { addPasskey, removePasskey, renamePasskey } from "@/lib/passkeys/commands";
import { requirePasskeyAnswer } from "@/lib/passkeys/rules";
import { recentAuthAction, accountAction } from "@/lib/web/account-action";

export const addPasskeyAction = recentAuthAction(async (self, values) => {
  requirePasskeyAnswer(values);
  await addPasskey.fromRaw(self, values);
  return "/account?notice=passkey-added#passkeys";
});

export const renamePasskeyAction = accountAction(async (self, values) => {
  await renamePasskey.fromRaw(self, values);
  return "/account?notice=passkey-renamed#passkeys";
});

export const removePasskeyAction = recentAuthAction(async (self, values) => {
  await removePasskey.fromRaw(self, values);
  return "/account?notice=passkey-removed#passkeys";
});
