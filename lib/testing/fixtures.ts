import "@/lib/testing/database";
import { desc, eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { v7 } from "uuid";
import { accounts, auditEntries, emailOutbox, membershipScopes, memberships, organizations, sites } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { env } from "@/lib/env";
import { decryptProps } from "@/lib/kernel/email-outbox";
import { expectOne } from "@/lib/kernel/expect-one";
import type { Role } from "@/lib/shared/roles";

export type TestOrg = { id: string; name: string };
export type TestAccount = { id: string; email: string; firstName: string; lastName: string };

let serial = 0;
const unique = (word: string) => `${word}-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}`;

/** Creates an organization; row security isolates the tests from each other. */
export async function newOrg(name = unique("Org")): Promise<TestOrg> {
  const id = v7();
  await withTenant({ orgId: id, sites: "all" }, (tx) => tx.insert(organizations).values({ id, name }));
  return { id, name };
}

export async function newAccount(overrides: Partial<typeof accounts.$inferInsert> = {}): Promise<TestAccount> {
  const email = overrides.email ?? `${unique("person")}@example.test`;
  const names = { firstName: "Ada", lastName: unique("Lindqvist") };
  return withAuthScope({ email }, (tx) =>
    expectOne(tx.insert(accounts).values({ ...names, ...overrides, email }).returning({
      id: accounts.id,
      email: accounts.email,
      firstName: accounts.firstName,
      lastName: accounts.lastName,
    })),
  );
}

type Scope = "all" | readonly string[];

/** Creates a member with a role over all sites of an organization or some of them. */
export async function newMember(org: TestOrg, role: Role, scope: Scope = "all", person?: TestAccount): Promise<Actor> {
  const who = person ?? (await newAccount());
  const membershipId = await withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
    const { id } = await expectOne(
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
  return memberActor(org, role, scope, who, membershipId);
}

export const memberActor = (org: TestOrg, role: Role, scope: Scope, who: TestAccount, membershipId: string): Actor => ({
  kind: "account",
  id: who.id,
  name: `${who.firstName} ${who.lastName}`,
  email: who.email,
  orgId: org.id,
  membershipId,
  grants: [{ role, sites: scope }],
  origin: { ipAddress: "192.0.2.7", userAgent: "Test browser", requestId: v7() },
});

/** Creates an organization with one Super User. */
export async function newSuperUser(): Promise<Actor & { org: TestOrg }> {
  const org = await newOrg();
  return { ...(await newMember(org, "super_user")), org };
}

export const newSite = (org: TestOrg, name = unique("Site")) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) =>
    expectOne(tx.insert(sites).values({ name, country: "DE", timeZone: "Europe/Berlin" }).returning({ id: sites.id, name: sites.name })),
  );

export const listAuditEntries = ({ orgId }: Pick<Actor, "orgId">) =>
  withTenant({ orgId, sites: "all" }, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.organizationId, orgId)).orderBy(desc(auditEntries.occurredAt), desc(auditEntries.id)),
  );

/** Returns the newest audit entry of an organization. */
export const latestAuditEntry = async (actor: Pick<Actor, "orgId">) => (await listAuditEntries(actor))[0];

export type QueuedEmail = { id: string; template: string; props: Record<string, unknown> };

/** Returns the outbox emails to an address, oldest first. */
export async function queuedEmailsTo(email: string): Promise<QueuedEmail[]> {
  const rows = await withWorkerScope((tx) => tx.select().from(emailOutbox).where(eq(emailOutbox.recipient, email)).orderBy(emailOutbox.id));
  return rows.map(({ id, template, encryptedProps }) => ({
    id,
    template,
    props: encryptedProps ? (decryptProps(id, encryptedProps) as Record<string, unknown>) : {},
  }));
}

/** Collects everything that an async iterable yields. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const part of stream) all.push(part);
  return all;
}

/** Opens a connection as the database owner, for changes that no application role may make. */
export const connectAsOwner = () => postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });

/** Counts the statements in the test database that wait for a lock. */
export async function countLockWaits(owner: ReturnType<typeof connectAsOwner>): Promise<number> {
  const waits = await owner`
    select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()`;
  return waits.length;
}
