import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tx";
import { uuidArray } from "@/lib/kernel/keyset-pagination";

/** Locks organizations that the account of the transaction leads, in the order of their ids: nobody joins them until it ends. */
export async function lockOrganizationsForDeletion(tx: Tx, orgIds: readonly string[]): Promise<void> {
  if (orgIds.length > 0) await tx.execute(sql`select lock_orgs_for_deletion(${uuidArray(orgIds)})`);
}

/**
 * Deletes an organization that the account of the transaction leads, with every row that belongs to it. The transaction must
 * not have recorded anything in its audit log, because entries are counted at the end.
 */
export async function deleteOrganization(tx: Tx, orgId: string): Promise<void> {
  await tx.execute(sql`select delete_organization(${orgId})`);
}
