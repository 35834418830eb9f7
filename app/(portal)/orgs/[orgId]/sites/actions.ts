"use server";

import { updateSiteSettings } from "@/lib/site-settings/commands";
import { addSelectedToGroup, createSite, deleteSite, removeSelectedFromGroup } from "@/lib/sites/commands";
import { action, bulkAction } from "@/lib/web/action";

export const createSiteAction = action(createSite, (orgId) => `/orgs/${orgId}/sites?notice=site-created`);
export const updateSiteSettingsAction = action(updateSiteSettings, (orgId, { siteId }) => `/orgs/${orgId}/sites/${siteId}?notice=site-saved`);
export const deleteSiteAction = action(deleteSite, (orgId) => `/orgs/${orgId}/sites?notice=site-deleted`);
export const addSelectedToGroupAction = bulkAction(addSelectedToGroup);
export const removeSelectedFromGroupAction = bulkAction(removeSelectedFromGroup);
