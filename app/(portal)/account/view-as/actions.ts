"use server";

import { recordViewAs, setViewAs } from "@/lib/effective-access/commands";
import { homePath } from "@/lib/shared/menu";
import { accountAction } from "@/lib/web/account-action";
import { ownActor } from "@/lib/web/current-actor";

export const startViewAsAction = accountAction(async (self, { organization, ...values }) => {
  const actor = await ownActor(self, organization);
  const { id } = await recordViewAs.fromRaw(actor, values);
  await setViewAs(self, { orgId: actor.orgId, administratorId: id });
  return homePath(actor.orgId);
});

export const endViewAsAction = accountAction(async (self) => {
  await setViewAs(self, { orgId: null, administratorId: null });
  const { viewAs } = self;
  return viewAs ? `/orgs/${viewAs.orgId}/administrators/${viewAs.administratorId}/access?notice=view-ended` : "/orgs";
});
