import "server-only";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { readDocument } from "@/lib/organization-documents/queries";
import { formatDocument } from "@/lib/organization-documents/rules";
import { countText } from "@/lib/shared/count-text";

type Scope = { tx: Tx; actor: Actor } & Pick<OperationContext, "record">;

/** The organization as YAML; records the export. */
export async function exportDocument({ tx, actor, record }: Scope): Promise<string> {
  const { document } = await readDocument(tx, actor.orgId);
  const counts = [countText(document.sitegroups.length, "site group"), countText(document.sites.length, "site"), countText(document.admins.length, "administrator")];
  await record("organization.exported", { subject: { id: actor.orgId, label: String(document.settings.name) }, after: { contents: counts } });
  return formatDocument(document);
}
