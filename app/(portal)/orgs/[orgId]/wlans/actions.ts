"use server";

import { action } from "@/lib/web/action";
import { createWlan, deleteWlan, updateWlan } from "@/lib/wlans/commands";

export const createWlanAction = action(createWlan, (orgId, { templateId }) => `/orgs/${orgId}/wlan-templates/${templateId}?notice=wlan-created#wlans`);
export const updateWlanAction = action(updateWlan, (orgId, { id }) => `/orgs/${orgId}/wlans/${id}?notice=wlan-saved`);
export const deleteWlanAction = action(deleteWlan, (orgId, { templateId }) => `/orgs/${orgId}/wlan-templates/${templateId}?notice=wlan-deleted#wlans`);
