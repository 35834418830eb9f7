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

/** Defines what staff do to an organization on the command line of the server: it runs in one transaction and must record what it did. */
export function serverCommand<I, O>(run: (scope: ServerScope, input: I) => Promise<O>) {
  return async (staff: SystemOrStaffActor, organization: string, input: I): Promise<O> => {
    const { organization: orgId } = parse(GetOrganizationFacts, { organization });
    const actor = serverActor(staff, orgId);
    return withTenant({ orgId, sites: "all" }, async (tx) => {
      const found = await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, orgId));
      if (found.length === 0) throw unknownOrganizationError(orgId);
      const { close, ...operation } = createContext(tx, actor);
      const output = await run({ tx, actor, ...operation }, input);
      close();
      return output;
    });
  };
}
