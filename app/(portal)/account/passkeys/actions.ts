"use server";

import { addPasskey, removePasskey, renamePasskey } from "@/lib/passkeys/commands";
import { requirePasskeyAnswer } from "@/lib/passkeys/rules";
import { freshAction, personAction } from "@/lib/web/account-action";

export const addPasskeyAction = freshAction(async (who, values) => {
  requirePasskeyAnswer(values);
  await addPasskey(who, values);
  return "/account?notice=passkey-added#passkeys";
});

export const renamePasskeyAction = personAction(async (who, values) => {
  await renamePasskey(who, values);
  return "/account?notice=passkey-renamed#passkeys";
});

export const removePasskeyAction = freshAction(async (who, values) => {
  await removePasskey(who, values);
  return "/account?notice=passkey-removed#passkeys";
});
