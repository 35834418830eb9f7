"use server";

import { importVariables } from "@/lib/variable-import/commands";
import { previewVariableImport } from "@/lib/variable-import/queries";
import { maxImportSize } from "@/lib/variable-import/schema";
import { previewedAction } from "@/lib/web/action";

export const importVariablesAction = previewedAction(importVariables, {
  preview: previewVariableImport,
  after: (orgId, { siteId }) => `/orgs/${orgId}/sites/${siteId}?notice=variables-imported`,
  fileInto: { field: "document", maxLength: maxImportSize },
});
