import "server-only";
import { count, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { memberships, organizations, sites } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import type { Tx } from "@/db/tx";
import type { Actor, Origin } from "@/lib/access/actor";
import { openLedger } from "@/lib/kernel/ledger";
import { parse } from "@/lib/kernel/parse";
import { only } from "@/lib/kernel/rows";
import { firstSiteName } from "@/lib/organizations/rules";
import { CreateOrganization } from "@/lib/organizations/schema";
import { Fault } from "@/lib/vocabulary/fault";

type Creator = { id: string; email: string; firstName: string; lastName: string };
type Surroundings = { origin: Origin; place: { country: string; timeZone: string } };

const mostHeld = 100;

/** A new organization with its creator as Super User and one site; any signed-in account may have one (ACC-4). */
export async function createOrganization(creator: Creator, raw: unknown, { origin, place }: Surroundings) {
  const { name } = parse(CreateOrganization, raw);
  const id = v7();
  const actor = superUserOf(id, creator, origin);
  const create = () => withinScope({ orgId: id, sites: "all" }, async (tx) => {
    const { record, close } = openLedger(tx, actor);
    const { email, firstName, lastName } = creator;
    const person = { accountId: creator.id, email, firstName, lastName };
    await tx.insert(organizations).values({ id, name });
    await tx.insert(memberships).values({ ...person, role: "super_user", scope: "all", acceptedAt: sql`now()` });
    await record("organization.created", { subject: { id, label: name }, after: { name } });
    const site = await only(
      tx.insert(sites).values({ name: firstSiteName, ...place }).returning({ id: sites.id, name: sites.name }),
    );
    await record("site.created", { subject: { id: site.id, label: site.name }, site, after: { name: site.name, ...place } });
    close();
    return { id, name };
  });
  return asVisitor({ accountId: creator.id }, async (tx) => {
    await requireRoom(tx, creator.id);
    return create();
  });
}

/** Lets one organization at a time be created for an account, so that the count still holds when it is there. */
async function requireRoom(tx: Tx, accountId: string) {
  const [alone] = await tx.execute<{ yes: boolean }>(sql`select pg_try_advisory_xact_lock(hashtextextended(${accountId}, 0)) as yes`);
  if (!alone?.yes) throw new Fault("busy", "Another organization is being created for you. Try again in a moment", undefined, 1);
  const [held] = await tx.select({ all: count() }).from(memberships).where(eq(memberships.accountId, accountId));
  if (!held || held.all >= mostHeld) throw new Fault("forbidden", `An account can be in at most ${mostHeld} organizations`);
}

const superUserOf = (orgId: string, { id, email, firstName, lastName }: Creator, origin: Origin): Actor => ({
  kind: "account",
  id,
  name: `${firstName} ${lastName}`,
  email,
  orgId,
  membershipId: null,
  grants: [{ role: "super_user", sites: "all" }],
  origin,
});
