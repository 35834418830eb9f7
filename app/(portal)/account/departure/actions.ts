"use server";

import { deleteAccount } from "@/lib/departures/commands";
import { createOrganization } from "@/lib/organizations/commands";
import { homeOf } from "@/lib/vocabulary/menu";
import { withNotice } from "@/lib/vocabulary/notices";
import { freshAction, personAction } from "@/lib/web/account-action";
import { leave } from "@/lib/web/session";
import { guessedPlace } from "@/lib/web/visitor";

export const deleteAccountAction = freshAction(async (who, values) => {
  await deleteAccount(who, values);
  await leave();
  return "/sign-in?notice=account-deleted";
});

/** With script this tab stays, and opens the new one; without, the form has opened the new tab that this answers to. */
export const createOrganizationBesideAction = personAction(async ({ account, origin }, values) => {
  const { id } = await createOrganization(account, values, { origin, siteDefaults: await guessedPlace() });
  return withNotice(values.beside ? `/account?dialog=created&organization=${id}` : homeOf(id, "super_user"), "organization-created");
});
