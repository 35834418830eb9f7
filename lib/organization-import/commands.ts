import "server-only";
import type * as z from "zod/mini";
import { lockAdministrators } from "@/lib/administrators/internal";
import { command } from "@/lib/kernel/command";
import { parse } from "@/lib/kernel/parse";
import { parseDocumentText } from "@/lib/organization-documents/rules";
import { applyPlan, type ImportScope, lockDescribed } from "@/lib/organization-import/internal";
import { planFor } from "@/lib/organization-import/queries";
import { isEmpty, planItems, planKey } from "@/lib/organization-import/rules";
import { ImportOrganization } from "@/lib/organization-import/schema";
import type { BulkOutcome } from "@/lib/shared/selection";
import { serverCommand } from "@/lib/staff/internal";

async function importDocument(scope: ImportScope, { document, remove, plan: seen }: z.output<typeof ImportOrganization>): Promise<BulkOutcome> {
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
}

/** Imports a document as one change; returns a new plan instead when the one that the person has seen no longer holds. */
export const importOrganization = command({
  permission: "organization.import",
  input: ImportOrganization,
  run: importDocument,
});

type ServerImport = z.input<typeof ImportOrganization> & { apply: boolean };

/** Shows, or makes, what importing a document changes, for staff on the command line of the server. */
export const importOnServer = serverCommand(async (scope, { apply, ...given }: ServerImport): Promise<BulkOutcome> => {
  const input = parse(ImportOrganization, given);
  if (apply) return importDocument(scope, input);
  scope.nothingChanged();
  return { results: planItems(await planFor(scope.tx, scope.actor, parseDocumentText(input.document), input.remove)) };
});
