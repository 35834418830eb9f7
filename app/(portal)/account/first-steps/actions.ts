"use server";

import { dismissFirstSteps } from "@/lib/overview/commands";
import { homePath } from "@/lib/shared/menu";
import { withFlashMessage } from "@/lib/shared/flash-messages";
import { accountAction } from "@/lib/web/account-action";
import { ownActor } from "@/lib/web/current-actor";

export const dismissFirstStepsAction = accountAction(async (self, { organization, ...values }) => {
  const actor = await ownActor(self, organization);
  await dismissFirstSteps.fromRaw(actor, values);
  return withFlashMessage(homePath(actor.orgId), "first-steps-dismissed");
});
