"use server";

import { importOrganization } from "@/lib/organization-import/commands";
import { previewImport } from "@/lib/organization-import/queries";
import { maxDocumentSize } from "@/lib/organization-import/schema";
import { previewedAction } from "@/lib/web/action";

export const importOrganizationAction = previewedAction(importOrganization, {
  preview: previewImport,
  after: (_orgId, outcome) => outcome,
  fileInto: { field: "document", maxLength: maxDocumentSize },
  offers: ["plan"],
});
