import { desc, eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { v7 } from "uuid";
import { accounts, auditEntries, mails, membershipScopes, memberships, organizations, sites } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import type { Actor } from "@/lib/access/actor";
import { env } from "@/lib/env";
import { unseal } from "@/lib/kernel/outbox";
import { only } from "@/lib/kernel/rows";
import type { Role } from "@/lib/vocabulary/access";

export type Org = { id: string; name: string };
export type Person = { id: string; email: string; firstName: string; lastName: string };

let serial = 0;
const unique = (word: string) => `${word}-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}`;

/** Creates an organization; row security isolates the tests from each other. */
export async function newOrg(name = unique("Org")): Promise<Org> {
  const id = v7();
  await withinScope({ orgId: id, sites: "all" }, (tx) => tx.insert(organizations).values({ id, name }));
  return { id, name };
}

export async function newPerson(overrides: Partial<typeof accounts.$inferInsert> = {}): Promise<Person> {
  const email = overrides.email ?? `${unique("person")}@example.test`;
  const names = { firstName: "Ada", lastName: unique("Lindqvist") };
  return asVisitor({ email }, (tx) =>
    only(tx.insert(accounts).values({ ...names, ...overrides, email }).returning({
      id: accounts.id,
      email: accounts.email,
      firstName: accounts.firstName,
      lastName: accounts.lastName,
    })),
  );
}

type Scope = "all" | readonly string[];

/** Creates a member with a role over all sites of an organization or some of them. */
export async function newMember(org: Org, role: Role, scope: Scope = "all", person?: Person): Promise<Actor> {
  const who = person ?? (await newPerson());
  const membershipId = await withinScope({ orgId: org.id, sites: "all" }, async (tx) => {
    const { id } = await only(
      tx
        .insert(memberships)
        .values({
          accountId: who.id,
          email: who.email,
          firstName: who.firstName,
          lastName: who.lastName,
          role,
          scope: scope === "all" ? "all" : "sites",
          acceptedAt: sql`now()`,
        })
        .returning({ id: memberships.id }),
    );
    if (scope !== "all" && scope.length > 0) {
      await tx.insert(membershipScopes).values(scope.map((siteId) => ({ membershipId: id, siteId })));
    }
    return id;
  });
  return actorIn(org, role, scope, who, membershipId);
}

export const actorIn = (org: Org, role: Role, scope: Scope, who: Person, membershipId: string): Actor => ({
  kind: "account",
  id: who.id,
  name: `${who.firstName} ${who.lastName}`,
  email: who.email,
  orgId: org.id,
  membershipId,
  grants: [{ role, sites: scope }],
  origin: { address: "192.0.2.7", browser: "Test browser", requestId: v7() },
});

/** Creates an organization with one Super User. */
export async function newSuperUser(): Promise<Actor & { org: Org }> {
  const org = await newOrg();
  return { ...(await newMember(org, "super_user")), org };
}

export const newSite = (org: Org, name = unique("Site")) =>
  withinScope({ orgId: org.id, sites: "all" }, (tx) =>
    only(tx.insert(sites).values({ name, country: "DE", timeZone: "Europe/Berlin" }).returning({ id: sites.id, name: sites.name })),
  );

export const entriesOf = ({ orgId }: Pick<Actor, "orgId">) =>
  withinScope({ orgId, sites: "all" }, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.organizationId, orgId)).orderBy(desc(auditEntries.occurredAt), desc(auditEntries.id)),
  );

/** Returns the newest audit entry of an organization. */
export const lastEntry = async (actor: Pick<Actor, "orgId">) => (await entriesOf(actor))[0];

export type Posted = { id: string; template: string; props: Record<string, unknown> };

/** Returns the outbox emails to an address, oldest first. */
export async function mailsTo(email: string): Promise<Posted[]> {
  const rows = await asWorker((tx) => tx.select().from(mails).where(eq(mails.recipient, email)).orderBy(mails.id));
  return rows.map(({ id, template, sealedProps }) => ({
    id,
    template,
    props: sealedProps ? (unseal(id, sealedProps) as Record<string, unknown>) : {},
  }));
}

/** Opens a connection as the database owner, for changes that no application role may make. */
export const asOwner = () => postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });

/** Counts the statements in the test database that wait for a lock. */
export async function waitingForLocks(owner: ReturnType<typeof asOwner>): Promise<number> {
  const waits = await owner`
    select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()`;
  return waits.length;
}
