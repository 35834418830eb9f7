import "server-only";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { databaseTime } from "@/lib/administrators/internal";
import { query } from "@/lib/kernel/query";
import { readDocument } from "@/lib/organization-documents/queries";
import { type ParsedDocument, parseDocumentText } from "@/lib/organization-documents/rules";
import { makePlan, planItems, planKey } from "@/lib/organization-import/rules";
import { ImportOrganization } from "@/lib/organization-import/schema";
import type { BulkOutcome } from "@/lib/shared/selection";

/** What importing a document changes in the organization as it is now. */
export const planFor = async (tx: Tx, actor: Actor, parsed: ParsedDocument, remove: boolean) =>
  makePlan(parsed, await readDocument(tx, actor.orgId), { remove, accountId: actor.id, now: await databaseTime(tx) });

/** What importing a document would change. */
export const previewImport = query({
  permission: "organization.import",
  input: ImportOrganization,
  async run({ tx, actor }, { document, remove }): Promise<BulkOutcome> {
    const plan = await planFor(tx, actor, parseDocumentText(document), remove);
    return { results: planItems(plan), basis: planKey(plan) };
  },
});
