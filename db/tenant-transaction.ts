import "server-only";
import { type AccessMode, runTransaction } from "@/db/transaction";
import type { Tx } from "@/db/tx";

export type TenantScope = {
  orgId: string;
  sites: "all" | readonly string[];
  /** The account of the actor, for rows that only their owner may see. */
  accountId?: string;
  /** Support staff see what the organization allows them to, and change nothing. */
  actor?: "staff";
};

let tenantRole: "app" | "worker" = "app";

/** Called once by the worker process: its transactions run as the worker role. */
export function useWorkerRole() {
  tenantRole = "worker";
}

/** Runs a transaction that sees one organization, and in it all sites or some. */
export function withTenant<T>(
  { orgId, sites, accountId = "", actor }: TenantScope,
  work: (tx: Tx) => Promise<T>,
  accessMode: AccessMode = "read write",
): Promise<T> {
  const all = sites === "all";
  const variables = { "app.org_id": orgId, "app.all_sites": all ? "on" : "", "app.sites": all ? "" : sites.join(","), "app.account_id": accountId, "app.actor": actor ?? "" };
  return runTransaction({ role: tenantRole, accessMode, variables }, work);
}
