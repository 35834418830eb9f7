import "server-only";
import { sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { withTenant } from "@/db/tenant-transaction";
import { parse } from "@/lib/kernel/parse";
import { unknownOrganizationError } from "@/lib/staff/rules";
import { GetOrganizationFacts } from "@/lib/staff/schema";

/** What staff see of every organization: its name, and whether they may see more. */
export type OrganizationFacts = { id: string; name: string; createdAt: string; isPartner: boolean; supportAccess: boolean };

/** Reads what staff see of an organization whatever its Support Access. */
export async function getOrganizationFacts(raw: z.input<typeof GetOrganizationFacts>): Promise<OrganizationFacts> {
  const { organization: orgId } = parse(GetOrganizationFacts, raw);
  const rows = await withTenant(
    { orgId, sites: [], actor: "staff" },
    (tx) =>
      tx.execute<OrganizationFacts>(sql`
        select id, name, created_at as "createdAt", is_partner as "isPartner", support_access as "supportAccess" from organization_facts(${orgId})`),
    "read only",
  );
  const [facts] = rows;
  if (!facts) throw unknownOrganizationError(orgId);
  return facts;
}
