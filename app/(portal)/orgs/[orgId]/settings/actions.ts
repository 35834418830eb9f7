"use server";

import { assignMsp, endMsp } from "@/lib/organization-msps/commands";
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

export const assignMspAction = action(assignMsp, (orgId) => `/orgs/${orgId}/settings?notice=msp-requested#organization`);

export const endMspAction = action(endMsp, (orgId, { acceptedAt }) => `/orgs/${orgId}/settings?notice=${acceptedAt ? "msp-ended" : "msp-withdrawn"}#organization`);
