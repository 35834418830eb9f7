import "server-only";
import { count, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { memberships, organizations, sites } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import type { Actor, RequestMetadata } from "@/lib/access/actor";
import { lockAccount } from "@/lib/kernel/lock-account";
import { createContext } from "@/lib/kernel/operation-context";
import { parse } from "@/lib/kernel/parse";
import { expectOne } from "@/lib/kernel/expect-one";
import { defaultSiteName } from "@/lib/organizations/rules";
import { CreateOrganization } from "@/lib/organizations/schema";
import { AppError } from "@/lib/shared/app-error";

type Creator = { id: string; email: string; firstName: string; lastName: string };
type CreationContext = { origin: RequestMetadata; siteDefaults: { country: string; timeZone: string } };

const maxOrganizations = 100;

/** Creates an organization with its creator as Super User and one site; any account may do so, up to a limit. */
export async function createOrganization(creator: Creator, raw: unknown, { origin, siteDefaults }: CreationContext) {
  const { name } = parse(CreateOrganization, raw);
  const id = v7();
  const actor = superUserActor(id, creator, origin);
  const create = () => withTenant({ orgId: id, sites: "all" }, async (tx) => {
    const { record, close } = createContext(tx, actor);
    const { email, firstName, lastName } = creator;
    const member = { accountId: creator.id, email, firstName, lastName };
    await tx.insert(organizations).values({ id, name });
    await tx.insert(memberships).values({ ...member, role: "super_user", scope: "all", acceptedAt: sql`now()` });
    await record("organization.created", { subject: { id, label: name }, after: { name } });
    const site = await expectOne(
      tx.insert(sites).values({ name: defaultSiteName, ...siteDefaults }).returning({ id: sites.id, name: sites.name }),
    );
    await record("site.created", { subject: { id: site.id, label: site.name }, site, after: { name: site.name, ...siteDefaults } });
    close();
    return { id, name };
  });
  return withAuthScope({ accountId: creator.id }, async (tx) => {
    if (!(await lockAccount(tx, creator.id, "key share"))) throw new AppError("unauthenticated", "There is no such account any more");
    await requireBelowLimit(tx, creator.id);
    return create();
  });
}

/** Checks the limit under an advisory lock, so that parallel requests of one account cannot exceed it. */
async function requireBelowLimit(tx: Tx, accountId: string) {
  const [lock] = await tx.execute<{ acquired: boolean }>(sql`select pg_try_advisory_xact_lock(hashtextextended(${accountId}, 0)) as acquired`);
  if (!lock?.acquired) throw new AppError("busy", "Another organization is being created for you. Try again in a moment", undefined, 1);
  const [row] = await tx.select({ total: count() }).from(memberships).where(eq(memberships.accountId, accountId));
  if (!row || row.total >= maxOrganizations) throw new AppError("forbidden", `An account can be in at most ${maxOrganizations} organizations`);
}

const superUserActor = (orgId: string, { id, email, firstName, lastName }: Creator, origin: RequestMetadata): Actor => ({
  kind: "account",
  id,
  name: `${firstName} ${lastName}`,
  email,
  orgId,
  membershipId: null,
  grants: [{ role: "super_user", sites: "all" }],
  origin,
});
