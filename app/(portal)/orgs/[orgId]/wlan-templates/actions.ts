"use server";

import { action } from "@/lib/web/action";
import { cloneWlanTemplate, createWlanTemplate, deleteWlanTemplate, updateWlanTemplate } from "@/lib/wlan-templates/commands";

export const createWlanTemplateAction = action(createWlanTemplate, (orgId, { id }) => `/orgs/${orgId}/wlan-templates/${id}?notice=wlan-template-created`);
export const updateWlanTemplateAction = action(updateWlanTemplate, (orgId, { id }) => `/orgs/${orgId}/wlan-templates/${id}?notice=wlan-template-saved`);
export const cloneWlanTemplateAction = action(cloneWlanTemplate, (orgId, { id }) => `/orgs/${orgId}/wlan-templates/${id}?notice=wlan-template-cloned`);
export const deleteWlanTemplateAction = action(deleteWlanTemplate, (orgId) => `/orgs/${orgId}/wlan-templates?notice=wlan-template-deleted`);
