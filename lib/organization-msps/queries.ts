import "server-only";
import { eq } from "drizzle-orm";
import { msps, organizationMsps } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { query } from "@/lib/kernel/query";
import { GetOrganizationMsp } from "@/lib/organization-msps/schema";

/** The provider of the organization of the transaction; `acceptedAt` is null while it has not answered. */
export async function organizationMsp(tx: Tx, orgId: string, mode?: "locked") {
  const select = tx
    .select({ mspId: msps.id, mspName: msps.name, requestedAt: organizationMsps.requestedAt, acceptedAt: organizationMsps.acceptedAt })
    .from(organizationMsps)
    .innerJoin(msps, eq(msps.id, organizationMsps.mspId))
    .where(eq(organizationMsps.organizationId, orgId));
  const [assigned] = await (mode ? select.for("update", { of: organizationMsps }) : select);
  return assigned ?? null;
}

/** The Managed Service Provider of the organization, or null. */
export const getOrganizationMsp = query({
  permission: "msp.read",
  input: GetOrganizationMsp,
  run: ({ tx, actor }) => organizationMsp(tx, actor.orgId),
});
