"use server";

import { startSiteImport, undoSiteImport } from "@/lib/site-imports/commands";
import { action } from "@/lib/web/action";

export const startSiteImportAction = action(startSiteImport, (orgId, { id }) => `/orgs/${orgId}/sites/imports/${id}?notice=site-import-started`);
export const undoSiteImportAction = action(undoSiteImport, (orgId, { id, cancelled }) =>
  cancelled ? `/orgs/${orgId}/sites/import?notice=site-import-cancelled` : `/orgs/${orgId}/sites/imports/${id}?notice=site-import-undone`,
);
