import "server-only";
import { query } from "@/lib/kernel/query";
import type { BulkOutcome } from "@/lib/shared/selection";
import { siteSettingsById } from "@/lib/site-settings/internal";
import { siteVariablesOf } from "@/lib/site-settings/rules";
import { planImport } from "@/lib/variable-import/rules";
import { ImportVariables } from "@/lib/variable-import/schema";

/** What an import of variables into a site would do with each row. */
export const previewVariableImport = query({
  permission: "site.update",
  input: ImportVariables,
  async run({ tx }, { siteId, document }): Promise<BulkOutcome> {
    const { results } = planImport(document, siteVariablesOf(await siteSettingsById(tx, siteId)));
    return { results };
  },
});
