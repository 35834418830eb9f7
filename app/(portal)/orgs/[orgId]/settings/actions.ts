"use server";

import { deleteOrganization } from "@/lib/organization-deletion/commands";
import { updateSettings } from "@/lib/settings/commands";
import { action } from "@/lib/web/action";

export const updateSettingsAction = action(updateSettings, (orgId) => `/orgs/${orgId}/settings?notice=settings-saved`);
export const deleteOrganizationAction = action(deleteOrganization, () => "/orgs?notice=organization-deleted", { recentAuth: true });
