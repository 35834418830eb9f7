"use server";

import { createSiteGroup, deleteSiteGroup, renameSiteGroup } from "@/lib/site-groups/commands";
import { action } from "@/lib/web/action";

export const createSiteGroupAction = action(createSiteGroup, (orgId) => `/orgs/${orgId}/site-groups?notice=site-group-created`);
export const renameSiteGroupAction = action(renameSiteGroup, (orgId, { id }) => `/orgs/${orgId}/site-groups/${id}?notice=site-group-saved`);
export const deleteSiteGroupAction = action(deleteSiteGroup, (orgId) => `/orgs/${orgId}/site-groups?notice=site-group-deleted`);
