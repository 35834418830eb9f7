import "server-only";
import { command } from "@/lib/kernel/command";
import { changeSite, lockSiteSettings } from "@/lib/site-settings/internal";
import { siteVariablesOf } from "@/lib/site-settings/rules";
import { planImport } from "@/lib/variable-import/rules";
import { ImportVariables } from "@/lib/variable-import/schema";

/** Adds the variables of CSV text to a site and keeps those that exist; faulty rows are left out. */
export const importVariables = command({
  permission: "site.update",
  input: ImportVariables,
  async run(scope, { siteId, document }) {
    const existing = siteVariablesOf(await lockSiteSettings(scope.tx, siteId));
    const { variables } = planImport(document, existing);
    return changeSite(scope, siteId, { values: { vars: { ...existing, ...variables } } });
  },
});
