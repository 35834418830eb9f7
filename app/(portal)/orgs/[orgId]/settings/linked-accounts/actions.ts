"use server";

import { unlinkAccount } from "@/lib/linked-accounts/commands";
import { action } from "@/lib/web/action";

export const unlinkAccountAction = action(unlinkAccount, (orgId) => `/orgs/${orgId}/settings?notice=account-unlinked#application-insights`);
