"use server";

import { restoreSettings } from "@/lib/settings-history/commands";
import { action } from "@/lib/web/action";

export const restoreSettingsAction = action(restoreSettings, (orgId) => `/orgs/${orgId}/settings/history?notice=settings-restored`);
