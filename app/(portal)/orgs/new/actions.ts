"use server";

import { createOrganization } from "@/lib/organizations/commands";
import { homeOf } from "@/lib/vocabulary/menu";
import { personAction } from "@/lib/web/account-action";
import { guessedPlace } from "@/lib/web/visitor";

export const createOrganizationAction = personAction(async ({ account, origin }, values) => {
  const context = { origin, siteDefaults: await guessedPlace() };
  const { id } = await createOrganization(account, values, context);
  return `${homeOf(id, "super_user")}?notice=organization-created`;
});
