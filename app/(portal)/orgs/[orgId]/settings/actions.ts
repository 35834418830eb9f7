"use server";

import { deleteOrganization } from "@/lib/organization-deletion/commands";
import { previewSettings } from "@/lib/policy-impact/queries";
import { updateSettings } from "@/lib/settings/commands";
import { notifyField } from "@/lib/settings/schema";
import { action, previewedAction } from "@/lib/web/action";

export const updateSettingsAction = previewedAction(updateSettings, {
  preview: previewSettings,
  after: (orgId) => `/orgs/${orgId}/settings?notice=settings-saved`,
  offers: [notifyField],
});

export const deleteOrganizationAction = action(deleteOrganization, () => "/orgs?notice=organization-deleted", { recentAuth: true });
