"use server";

import { createSiteImport } from "@/lib/site-imports/commands";
import { fileInput } from "@/lib/site-imports/rules";
import { action } from "@/lib/web/action";

export const createSiteImportAction = action(createSiteImport, (orgId, { id }) => `/orgs/${orgId}/sites/imports/${id}?notice=site-import-read`, { fromFile: fileInput });
