import "server-only";
import { asc, eq } from "drizzle-orm";
import { accounts, memberships, organizations } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { naturalOrder } from "@/db/text-order";
import { withTenant } from "@/db/tenant-transaction";
import type { OwnOrganizations } from "@/lib/organizations/rules";
import { isUuid } from "@/lib/shared/uuid";

/** The organization's name for its sign-in link, without a session; null when the id is unknown. */
export async function getOrganizationName(orgId: unknown): Promise<string | null> {
  if (typeof orgId !== "string" || !isUuid(orgId)) return null;
  const [organization] = await withTenant(
    { orgId, sites: [] },
    (tx) => tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId)),
    "read only",
  );
  return organization?.name ?? null;
}

/** The account's organizations, ordered by name, and the one it used last. */
export function getOwnOrganizations(accountId: string): Promise<OwnOrganizations> {
  return withAuthScope({ accountId }, async (tx) => {
    const [account] = await tx.select({ last: accounts.lastOrganizationId }).from(accounts).where(eq(accounts.id, accountId));
    const rows = await tx
      .select({ id: organizations.id })
      .from(organizations)
      .innerJoin(memberships, eq(memberships.organizationId, organizations.id))
      .orderBy(naturalOrder(organizations.name), asc(organizations.id));
    return { lastOrganizationId: account?.last ?? null, organizations: rows };
  }, "read only");
}
