"use server";

import { changeSelectedSites } from "@/lib/site-bulk-edit/commands";
import { previewBulkEdit } from "@/lib/site-bulk-edit/queries";
import { cloneSite, updateSiteSettings } from "@/lib/site-settings/commands";
import { previewSiteSettings } from "@/lib/site-settings/queries";
import { addSelectedToGroup, createSite, deleteSite, removeSelectedFromGroup } from "@/lib/sites/commands";
import { action, bulkAction, previewedAction } from "@/lib/web/action";

export const createSiteAction = action(createSite, (orgId) => `/orgs/${orgId}/sites?notice=site-created`);
export const updateSiteSettingsAction = previewedAction(updateSiteSettings, {
  preview: previewSiteSettings,
  after: (orgId, { siteId }) => `/orgs/${orgId}/sites/${siteId}?notice=site-saved`,
  isOptional: true,
});
export const cloneSiteAction = action(cloneSite, (orgId, { id }) => `/orgs/${orgId}/sites/${id}?notice=site-cloned`);
export const deleteSiteAction = action(deleteSite, (orgId) => `/orgs/${orgId}/sites?notice=site-deleted`);
export const addSelectedToGroupAction = bulkAction(addSelectedToGroup);
export const removeSelectedFromGroupAction = bulkAction(removeSelectedFromGroup);
export const changeSelectedSitesAction = previewedAction(changeSelectedSites, {
  preview: previewBulkEdit,
  after: (_orgId, outcome) => outcome,
  offers: ["after"],
});
