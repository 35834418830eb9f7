"use server";

import { createOrganization } from "@/lib/organizations/commands";
import { homePath } from "@/lib/shared/menu";
import { accountAction } from "@/lib/web/account-action";
import { guessLocation } from "@/lib/web/request-metadata";

export const createOrganizationAction = accountAction(async ({ account, origin }, values) => {
  const context = { origin, siteDefaults: await guessLocation() };
  const { id } = await createOrganization(account, values, context);
  return `${homePath(id, "super_user")}?notice=organization-created`;
});
