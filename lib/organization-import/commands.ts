import "server-only";
import { lockAdministrators } from "@/lib/administrators/internal";
import { command } from "@/lib/kernel/command";
import { parseDocumentText } from "@/lib/organization-documents/rules";
import { applyPlan, lockDescribed } from "@/lib/organization-import/internal";
import { planFor } from "@/lib/organization-import/queries";
import { isEmpty, planItems, planKey } from "@/lib/organization-import/rules";
import { ImportOrganization } from "@/lib/organization-import/schema";
import type { BulkOutcome } from "@/lib/shared/selection";

/** Imports a document as one change; returns a new plan instead when the one that the person has seen no longer holds. */
export const importOrganization = command({
  permission: "organization.import",
  input: ImportOrganization,
  async run(scope, { document, remove, plan: seen }): Promise<BulkOutcome> {
    const { tx, actor, nothingChanged } = scope;
    const parsed = parseDocumentText(document);
    const organization = await lockAdministrators(tx, actor, "organization.import");
    await lockDescribed(tx);
    const plan = await planFor(tx, actor, parsed, remove);
    const outcome = { results: planItems(plan), basis: planKey(plan) };
    const isOutdated = !isEmpty(plan) && seen !== undefined && seen !== outcome.basis;
    if (isOutdated || isEmpty(plan)) nothingChanged();
    else await applyPlan(scope, organization, plan);
    return isOutdated ? { ...outcome, isOutdated } : outcome;
  },
});
