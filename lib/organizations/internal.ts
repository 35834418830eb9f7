import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tx";
import { uuidArray } from "@/lib/kernel/keyset-pagination";

/** Locks the organizations in which the account of the transaction is a Super User, by id: nobody can join them until it ends. */
export async function lockOrganizationsForDeletion(tx: Tx, orgIds: readonly string[]): Promise<void> {
  if (orgIds.length > 0) await tx.execute(sql`select lock_orgs_for_deletion(${uuidArray(orgIds)})`);
}

/**
 * Deletes an organization in which the account of the transaction is a Super User, with every row of it. The transaction must
 * not have recorded anything in its audit log, because entries are counted at the end.
 */
export async function deleteOrganization(tx: Tx, orgId: string): Promise<void> {
  await tx.execute(sql`select delete_organization(${orgId})`);
}
