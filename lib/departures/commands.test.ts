import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { accounts, auditActors, links, memberships, passkeys, recoveryCodes, usageEvents } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { acceptInvitation } from "@/lib/acceptances/commands";
import { requestReset } from "@/lib/accounts/commands";
import { revokeAccess } from "@/lib/administrators/commands";
import { maintainAuditLog } from "@/lib/audit/jobs";
import { readAuditLog } from "@/lib/audit/queries";
import { deleteAccount } from "@/lib/departures/commands";
import { departureOf } from "@/lib/departures/queries";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { showInvitation } from "@/lib/invitations/queries";
import { createOrganization } from "@/lib/organizations/commands";
import { hashPassword } from "@/lib/passwords/hash";
import { changePassword } from "@/lib/profiles/commands";
import { openSession } from "@/lib/sessions/commands";
import { presentSession } from "@/lib/sessions/queries";
import { createSite } from "@/lib/sites/commands";
import { tokenFor } from "@/lib/testing/invited";
import { goodPassword, newVisitor, sessionOf, signedInAs, ticketFor } from "@/lib/testing/visitors";
import { actorIn, asOwner, entriesOf, mailsTo, newMember, newOrg, newPerson, newSuperUser, type Org, type Person } from "@/lib/testing/world";

const invited = { firstName: "Nell", lastName: "Ode", role: "observer" as const };
const agreed = { agreed: "true" };
const deleteAccountOf = async (person: Pick<Person, "id">) => deleteAccount(await signedInAs(person), agreed);

const superUsersOf = (org: Org) =>
  withinScope({ orgId: org.id, sites: "all" }, (tx) =>
    tx.select({ id: memberships.accountId }).from(memberships).where(eq(memberships.role, "super_user")),
  );

const accountOf = (person: Pick<Person, "id">) =>
  asVisitor({ accountId: person.id }, (tx) => tx.select({ id: accounts.id }).from(accounts));

/** The number of rows with this account id, per table with an `account_id` column. */
async function countRows({ id }: Pick<Person, "id">): Promise<Record<string, number>> {
  const owner = asOwner();
  const tables = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`;
  const counts: Record<string, number> = {};
  await owner.begin(async (tx) => {
    for (const { name } of tables) {
      await tx`alter table ${tx(name)} no force row level security`;
      const [row] = await tx<{ rows: number }[]>`select count(*)::int as rows from ${tx(name)} where account_id = ${id}`;
      await tx`alter table ${tx(name)} force row level security`;
      counts[name] = row?.rows ?? -1;
    }
  });
  await owner.end();
  return counts;
}

describe("ACC-29: deleting an account", () => {
  let owner: Awaited<ReturnType<typeof newSuperUser>>;
  beforeAll(async () => {
    owner = await newSuperUser();
  });

  test("deletes everything that belongs to the account, ends its sessions, notifies the owner and is audited in each organization", async () => {
    const [person, otherOrg] = [await newPerson(), await newOrg()];
    await newMember(owner.org, "network_admin", "all", person);
    await newMember(otherOrg, "super_user");
    await newMember(otherOrg, "super_user", "all", person);
    const other = await sessionOf(person);
    await asVisitor({ accountId: person.id }, async (tx) => {
      const key = { credentialId: Buffer.from(person.id), publicKey: Buffer.from("x"), counter: 0, transports: [], backedUp: false };
      await tx.insert(passkeys).values({ ...key, accountId: person.id, name: "Laptop" });
      await tx.insert(recoveryCodes).values({ accountId: person.id, codeHash: Buffer.from("x") });
      await tx.insert(usageEvents).values({ accountId: person.id, page: "/account" });
    });
    expect(await departureOf(person.id)).toEqual({ soleSuperUserOrgs: [], passkeys: 1, linkedAccounts: 0 });

    expect(await deleteAccountOf(person)).toEqual({ email: person.email });
    expect(await accountOf(person)).toEqual([]);
    expect(await presentSession(other)).toBeNull();
    const counts = await countRows(person);
    expect(Object.keys(counts).length).toBeGreaterThan(10);
    expect(Object.values(counts).every((rows) => rows === 0)).toBe(true);
    for (const orgId of [owner.orgId, otherOrg.id]) {
      expect((await entriesOf({ orgId }))[0]).toMatchObject({ name: "account.deleted", actorId: person.id, message: `Delete account of ${person.email}` });
    }
    expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(["account-deleted"]);
  });

  test("requires the checkbox", async () => {
    const person = await newPerson();
    for (const input of [{}, { agreed: "" }, { agreed: "on" }]) {
      await expect(deleteAccount(await signedInAs(person), input)).rejects.toMatchObject({ code: "invalid", fields: { agreed: [expect.any(String)] } });
    }
    expect(await accountOf(person)).toHaveLength(1);
  });

  test("is refused for the only active Super User of an organization, and names the organizations", async () => {
    const [person, suspended] = [await newPerson(), await newPerson({ suspendedAt: new Date() })];
    const [first, second] = [await newOrg("Fjord Ferries"), await newOrg("Alpine Rail")];
    await newMember(first, "super_user", "all", person);
    await newMember(first, "super_user", "all", suspended);
    await newMember(first, "network_admin");
    await newMember(second, "super_user", "all", person);
    await newMember(owner.org, "observer", "all", person);
    expect((await departureOf(person.id)).ledAlone).toEqual([{ ...second, name: "Alpine Rail" }, { ...first, name: "Fjord Ferries" }]);
    await expect(deleteAccountOf(person)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Alpine Rail and Fjord Ferries") });
    expect(await accountOf(person)).toHaveLength(1);
    expect(await mailsTo(person.email)).toEqual([]);

    await newMember(first, "super_user");
    await newMember(second, "super_user");
    await deleteAccountOf(person);
    expect(await accountOf(person)).toEqual([]);
  });

  test("the SQL functions show nothing about organizations of other accounts", async () => {
    const { id } = await newPerson();
    await asVisitor({ accountId: id }, async (tx) => {
      expect([...(await tx.execute(sql`select * from organizations_led_alone()`))]).toEqual([]);
    });
    await asVisitor({}, async (tx) => {
      expect([...(await tx.execute(sql`select * from organizations_led_alone()`))]).toEqual([]);
      await tx.execute(sql`select begin_departure()`);
    });
  });

  test("invalidates pending invitations sent by the account, but not those sent by others", async () => {
    const inviter = await newMember(owner.org, "super_user");
    const [own, others] = ["own", "others"].map((word) => `${word}-${inviter.id}@example.test`);
    await inviteAdministrator(inviter, { ...invited, email: String(own) });
    await inviteAdministrator(owner, { ...invited, email: String(others) });
    await deleteAccountOf(inviter);
    expect(await showInvitation("invite", await tokenFor(String(own), "invitation"))).toMatchObject({ open: false });
    expect(await showInvitation("invite", await tokenFor(String(others), "invitation"))).toMatchObject({ open: true });
  });

  test("voids all links sent to the email, which can then be used for a new account", async () => {
    const person = await newPerson();
    await inviteAdministrator(owner, { ...invited, email: person.email });
    await requestReset({ email: person.email }, newVisitor());
    const newEmail = `new-${person.email}`;
    const change = { purpose: "change_email" as const, accountId: person.id, email: newEmail, secretHash: Buffer.from(person.id) };
    await asVisitor({ accountId: person.id, email: newEmail }, (tx) => tx.insert(links).values({ ...change, expiresAt: sql`now() + interval '1 hour'` }));
    await deleteAccountOf(person);
    const remaining = await asVisitor({ email: person.email }, (tx) => tx.select({ purpose: links.purpose, voided: sql`${links.voidedAt} is not null` }).from(links));
    expect(remaining).toEqual([{ purpose: "invite", voided: true }]);
    expect(await asVisitor({ email: newEmail }, (tx) => tx.select().from(links))).toEqual([]);
    const token = await tokenFor(person.email, "invitation");
    await expect(acceptInvitation({ purpose: "invite", token }, null, newVisitor())).rejects.toMatchObject({ code: "conflict" });
    const again = await newPerson({ email: person.email });
    expect(again.id).not.toBe(person.id);
    expect((await departureOf(again.id)).ledAlone).toEqual([]);
  });
});

describe("ACC-29, ADM-6: concurrency", () => {
  const rounds = Array.from({ length: 20 }, (_, round) => round);
  const outcome = (attempt: Promise<unknown>) => attempt.then(() => "gone", (error: Error & { code?: string }) => error.code ?? error.message);

  test("when two Super Users delete their accounts concurrently, one remains (20 rounds)", async () => {
    for (const _ of rounds) {
      const [one, two] = [await newOrg(), await newOrg()];
      const people = [await newPerson(), await newPerson()];
      for (const org of [one, two]) for (const person of people) await newMember(org, "super_user", "all", person);
      const selves = await Promise.all(people.map((person) => signedInAs(person)));
      const outcomes = await Promise.all(selves.map((self) => outcome(deleteAccount(self, agreed))));
      expect(outcomes.toSorted()).toEqual(["conflict", "gone"]);
      for (const org of [one, two]) expect(await superUsersOf(org)).toHaveLength(1);
    }
  });

  test("when one Super User deletes their account and revokes the other concurrently, one remains", async () => {
    for (const _ of rounds) {
      const org = await newOrg();
      const people = [await newPerson(), await newPerson()] as const;
      const [first, second] = [await newMember(org, "super_user", "all", people[0]), await newMember(org, "super_user", "all", people[1])];
      const self = await signedInAs(people[0]);
      const revoke = revokeAccess(first, { administratorId: String(second.membershipId) });
      await Promise.all([outcome(deleteAccount(self, agreed)), outcome(revoke)]);
      expect(await superUsersOf(org)).toHaveLength(1);
    }
  });

  test("an organization created concurrently is never left without a Super User", async () => {
    for (const _ of rounds) {
      const person = await newPerson();
      const self = await signedInAs(person);
      const create = createOrganization(person, { name: "Late" }, { origin: newVisitor(), siteDefaults: { country: "NO", timeZone: "Europe/Oslo" } });
      const [left, made] = await Promise.allSettled([deleteAccount(self, agreed), create]);
      const stays = left.status === "rejected";
      expect([stays, await accountOf(person)]).toEqual([stays, stays ? [{ id: person.id }] : []]);
      expect(made.status).toBe(stays ? "fulfilled" : "rejected");
    }
  });

  test("concurrent password changes and sign-ins cause no errors and leave no rows behind", async () => {
    const passwordHash = await hashPassword(goodPassword);
    const change = { currentPassword: goodPassword, password: "amber-lantern-48-quay" };
    for (const _ of rounds) {
      const person = await newPerson({ passwordHash });
      const [self, other, ticket] = [await signedInAs(person), await signedInAs(person), await ticketFor(person)];
      const [left, changed] = await Promise.all([outcome(deleteAccount(self, agreed)), outcome(changePassword(other, change)), openSession(ticket, newVisitor())]);
      // When the password change commits first, it ends the session that the deletion needs.
      const stays = left !== "gone";
      if (stays) expect([left, changed]).toEqual(["unauthenticated", "gone"]);
      else expect(["gone", "conflict", "invalid", "unauthenticated"]).toContain(changed);
      expect(await accountOf(person)).toHaveLength(stays ? 1 : 0);
      if (!stays) expect(Object.values(await countRows(person)).every((rows) => rows === 0)).toBe(true);
    }
  });

  test("20 concurrent requests delete one account and write one audit entry", async () => {
    const [org, person] = [await newOrg(), await newPerson()];
    await newMember(org, "observer", "all", person);
    const self = await signedInAs(person);
    const outcomes = await Promise.all(rounds.map(() => outcome(deleteAccount(self, agreed))));
    expect(outcomes.filter((code) => code === "gone")).toHaveLength(1);
    expect(outcomes.filter((code) => code === "unauthenticated")).toHaveLength(19);
    expect((await entriesOf({ orgId: org.id })).filter(({ name }) => name === "account.deleted")).toHaveLength(1);
    expect(await mailsTo(person.email)).toHaveLength(1);
  });
});

describe("AUD-7, ACC-29: audit log of a deleted account", () => {
  const period = () => ({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) });
  const listEntries = async (reader: Parameters<typeof readAuditLog>[0]) => {
    const { from, to } = period();
    return (await readAuditLog(reader, { from, to, bounds: [from, to] })).rows.map(({ admin, email, message }) => ({ admin, email, message }));
  };
  const ageDeletion = async (actorId: string) => {
    const owner = asOwner();
    await owner.begin(async (tx) => {
      await tx`set local role signalbox_ledger`;
      await tx`update audit_actors set gone_since = gone_since - interval '31 days' where actor_id = ${actorId}`;
    });
    await owner.end();
  };

  test("entries keep the name for 30 days and are then deleted", async () => {
    const reader = await newSuperUser();
    const person = await newPerson({ firstName: "Nils", lastName: "Anker" });
    const { membershipId } = await newMember(reader.org, "super_user", "all", person);
    await createSite(actorIn(reader.org, "super_user", "all", person, String(membershipId)), { name: "Oslo", country: "NO", timeZone: "Europe/Oslo" });
    await deleteAccountOf(person);

    const actor = { admin: "Nils Anker", email: person.email };
    await maintainAuditLog.perform({});
    expect(await listEntries(reader)).toContainEqual({ ...actor, message: "Add site Oslo" });
    expect(await listEntries(reader)).toContainEqual({ ...actor, message: `Delete account of ${person.email}` });

    await ageDeletion(person.id);
    await maintainAuditLog.perform({});
    expect(JSON.stringify(await listEntries(reader))).not.toMatch(new RegExp(`Nils|Anker|${person.email}`));
    const names = await withinScope({ orgId: reader.orgId, sites: "all" }, (tx) => tx.select({ name: auditActors.name }).from(auditActors));
    expect(names).not.toContainEqual({ name: "Nils Anker" });
  });
});
