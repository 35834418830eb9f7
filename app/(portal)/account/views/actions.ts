"use server";

import type { Actor } from "@/lib/access/actor";
import { createSavedView, deleteSavedView, renameSavedView } from "@/lib/saved-views/commands";
import { withFlashMessage } from "@/lib/shared/flash-messages";
import type { FormValues } from "@/lib/shared/form-state";
import { type AccountRequest, accountAction } from "@/lib/web/account-action";
import { ownActor } from "@/lib/web/current-actor";

type SavedView = { list: string; query: string };
type Command = { fromRaw: (actor: Actor, raw: unknown) => Promise<SavedView> };

/** Runs a command in the organization that the form names. */
async function run(command: Command, self: AccountRequest, { organization, ...values }: FormValues) {
  const actor = await ownActor(self, organization);
  const { list, query } = await command.fromRaw(actor, values);
  return { path: `/orgs/${actor.orgId}/${list}`, query };
}

export const createSavedViewAction = accountAction(async (self, values) => {
  const { path, query } = await run(createSavedView, self, values);
  return withFlashMessage(query ? `${path}?${query}` : path, "view-saved");
});

export const renameSavedViewAction = accountAction(async (self, values) => {
  const { path } = await run(renameSavedView, self, values);
  return withFlashMessage(`${path}?dialog=views`, "view-renamed");
});

export const deleteSavedViewAction = accountAction(async (self, values) => {
  const { path } = await run(deleteSavedView, self, values);
  return withFlashMessage(`${path}?dialog=views`, "view-deleted");
});
