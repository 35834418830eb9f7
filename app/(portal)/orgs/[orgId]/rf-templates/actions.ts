"use server";

import { cloneRfTemplate, createRfTemplate, deleteRfTemplate, updateRfTemplate } from "@/lib/rf-templates/commands";
import { action } from "@/lib/web/action";

export const createRfTemplateAction = action(createRfTemplate, (orgId, { id }) => `/orgs/${orgId}/rf-templates/${id}?notice=rf-template-created`);
export const updateRfTemplateAction = action(updateRfTemplate, (orgId, { id }) => `/orgs/${orgId}/rf-templates/${id}?notice=rf-template-saved`);
export const cloneRfTemplateAction = action(cloneRfTemplate, (orgId, { id }) => `/orgs/${orgId}/rf-templates/${id}?notice=rf-template-cloned`);
export const deleteRfTemplateAction = action(deleteRfTemplate, (orgId) => `/orgs/${orgId}/rf-templates?notice=rf-template-deleted`);
