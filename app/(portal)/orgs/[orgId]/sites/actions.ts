"use server";

import { addSelectedToGroup, createSite, deleteSite, removeSelectedFromGroup, updateSite } from "@/lib/sites/commands";
import { action, bulkAction } from "@/lib/web/action";

export const createSiteAction = action(createSite, (orgId) => `/orgs/${orgId}/sites?notice=site-created`);
export const updateSiteAction = action(updateSite, (orgId, { id }) => `/orgs/${orgId}/sites/${id}?notice=site-saved`);
export const deleteSiteAction = action(deleteSite, (orgId) => `/orgs/${orgId}/sites?notice=site-deleted`);
export const addSelectedToGroupAction = bulkAction(addSelectedToGroup);
export const removeSelectedFromGroupAction = bulkAction(removeSelectedFromGroup);
