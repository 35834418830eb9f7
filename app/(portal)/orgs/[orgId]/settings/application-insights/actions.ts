"use server";

import { startAccountLink } from "@/lib/linked-accounts/commands";
import { accountLinkAction } from "@/lib/web/account-link";

export const startAccountLinkAction = accountLinkAction(startAccountLink);
