"use server";

import { deleteAccount } from "@/lib/account-deletion/commands";
import { createOrganization } from "@/lib/organizations/commands";
import { homePath } from "@/lib/shared/menu";
import { withFlashMessage } from "@/lib/shared/flash-messages";
import { recentAuthAction, accountAction } from "@/lib/web/account-action";
import { endCurrentSession } from "@/lib/web/session";
import { guessLocation } from "@/lib/web/request-metadata";

export const deleteAccountAction = recentAuthAction(async (self, values) => {
  await deleteAccount.fromRaw(self, values);
  await endCurrentSession();
  return "/sign-in?notice=account-deleted";
});

/** With script this tab stays and opens a new one; without script the form was submitted to a new tab. */
export const createOrganizationInNewTabAction = accountAction(async (self, values) => {
  const { id } = await createOrganization.fromRaw({ ...self, siteDefaults: await guessLocation() }, values);
  return withFlashMessage(values.inNewTab ? `/account?dialog=created&organization=${id}` : homePath(id), "organization-created");
});
