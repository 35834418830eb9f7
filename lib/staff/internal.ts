import "server-only";
import { eq } from "drizzle-orm";
import { organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import type { SystemOrStaffActor } from "@/lib/kernel/account-events";
import { createContext, type OperationContext } from "@/lib/kernel/operation-context";
import { parse } from "@/lib/kernel/parse";
import { serverActor, unknownOrganizationError } from "@/lib/staff/rules";
import { GetOrganizationFacts } from "@/lib/staff/schema";

type ServerScope = { tx: Tx; actor: Actor } & Omit<OperationContext, "close">;

/** Runs what staff do to an organization on the command line of the server, in one transaction; it must record what it did. */
export async function onServer<O>(staff: SystemOrStaffActor, organization: string, run: (scope: ServerScope) => Promise<O>): Promise<O> {
  const { organization: orgId } = parse(GetOrganizationFacts, { organization });
  const actor = serverActor(staff, orgId);
  return withTenant({ orgId, sites: "all" }, async (tx) => {
    const found = await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, orgId));
    if (found.length === 0) throw unknownOrganizationError(orgId);
    const { close, ...operation } = createContext(tx, actor);
    const output = await run({ tx, actor, ...operation });
    close();
    return output;
  });
}
