"use server";

import { createSite, deleteSite, updateSite } from "@/lib/sites/commands";
import { action } from "@/lib/web/action";

export const createSiteAction = action(createSite, (orgId) => `/orgs/${orgId}/sites?notice=site-created`);
export const updateSiteAction = action(updateSite, (orgId, { id }) => `/orgs/${orgId}/sites/${id}?notice=site-saved`);
export const deleteSiteAction = action(deleteSite, (orgId) => `/orgs/${orgId}/sites?notice=site-deleted`);
