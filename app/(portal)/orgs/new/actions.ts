"use server";

import { createOrganization } from "@/lib/organizations/commands";
import { homePath } from "@/lib/shared/menu";
import { accountAction } from "@/lib/web/account-action";
import { guessLocation } from "@/lib/web/request-metadata";

export const createOrganizationAction = accountAction(async (self, values) => {
  const { id } = await createOrganization.fromRaw({ ...self, siteDefaults: await guessLocation() }, values);
  return `${homePath(id)}?notice=organization-created`;
});
