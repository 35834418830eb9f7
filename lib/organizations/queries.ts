import "server-only";
import { asc, eq } from "drizzle-orm";
import { accounts, memberships, organizations } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import type { Choice } from "@/lib/organizations/rules";
import { isId } from "@/lib/vocabulary/id";

/** The name on an organization's sign-in link, for whoever holds the link (ACC-12); null for an id nobody has. */
export async function nameOnSignIn(orgId: unknown): Promise<string | null> {
  if (typeof orgId !== "string" || !isId(orgId)) return null;
  const [found] = await withinScope(
    { orgId, sites: [] },
    (tx) => tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId)),
    "read only",
  );
  return found?.name ?? null;
}

/** The organizations of an account and the one it was last in. */
export function choiceOf(accountId: string): Promise<Choice> {
  return asVisitor({ accountId }, async (tx) => {
    const [account] = await tx.select({ last: accounts.lastOrganizationId }).from(accounts).where(eq(accounts.id, accountId));
    const own = await tx
      .select({ id: organizations.id, role: memberships.role })
      .from(organizations)
      .innerJoin(memberships, eq(memberships.organizationId, organizations.id))
      .orderBy(asc(organizations.name), asc(organizations.id));
    return { lastOrganizationId: account?.last ?? null, organizations: own };
  }, "read only");
}
