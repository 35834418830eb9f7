"use server";

import { restoreSettings, restoreSite } from "@/lib/settings-history/commands";
import { action } from "@/lib/web/action";

export const restoreSettingsAction = action(restoreSettings, (orgId) => `/orgs/${orgId}/settings/history?notice=settings-restored`);
export const restoreSiteAction = action(restoreSite, (orgId, { siteId }) => `/orgs/${orgId}/sites/${siteId}/history?notice=site-restored`);
