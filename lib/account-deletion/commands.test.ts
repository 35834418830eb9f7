import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { accounts, auditActors, emailTokens, memberships, passkeys, recoveryCodes, usageEvents } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { acceptInvitation } from "@/lib/invitation-acceptance/commands";
import { requestPasswordReset } from "@/lib/accounts/commands";
import { revokeAccess } from "@/lib/administrators/commands";
import { maintainAuditLog } from "@/lib/audit/jobs";
import { getAuditLog } from "@/lib/audit/queries";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { getDeletionImpact } from "@/lib/account-deletion/queries";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { getInvitation } from "@/lib/invitations/queries";
import { createOrganization } from "@/lib/organizations/commands";
import { hashPassword } from "@/lib/passwords/hash";
import { changePassword } from "@/lib/profile/commands";
import { getAuthSession } from "@/lib/sessions/queries";
import { createSite } from "@/lib/sites/commands";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { validPassword, newRequestMetadata, newSession, newAccountContext, logIn } from "@/lib/testing/sign-in";
import { memberActor, connectAsOwner, listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount, newSuperUser, type TestOrg, type TestAccount } from "@/lib/testing/fixtures";

const invited = { firstName: "Nell", lastName: "Ode", role: "observer" as const, scope: "all" as const };
const agreed = { agreed: "true" } as const;
const deleteAccountOf = async (person: Pick<TestAccount, "id">, confirmation: { organizations?: string[]; organizationNames?: string } = {}) =>
  deleteAccount(await newAccountContext(person), { ...agreed, ...confirmation });

const superUsersOf = (org: TestOrg) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) =>
    tx.select({ id: memberships.accountId }).from(memberships).where(eq(memberships.role, "super_user")),
  );

const accountOf = (person: Pick<TestAccount, "id">) =>
  withAuthScope({ accountId: person.id }, (tx) => tx.select({ id: accounts.id }).from(accounts));

/** The number of rows with this account id, per table with an `account_id` column. */
async function countRows({ id }: Pick<TestAccount, "id">): Promise<Record<string, number>> {
  const owner = connectAsOwner();
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
    const [person, otherOrg] = [await newAccount(), await newOrg()];
    await newMember(owner.org, "network_admin", "all", person);
    await newMember(otherOrg, "super_user");
    await newMember(otherOrg, "super_user", "all", person);
    const other = await newSession(person);
    await withAuthScope({ accountId: person.id }, async (tx) => {
      const key = { credentialId: Buffer.from(person.id), publicKey: Buffer.from("x"), counter: 0, transports: [], backedUp: false };
      await tx.insert(passkeys).values({ ...key, accountId: person.id, name: "Laptop" });
      await tx.insert(recoveryCodes).values({ accountId: person.id, codeHash: Buffer.from("x") });
      await tx.insert(usageEvents).values({ accountId: person.id, page: "/account" });
    });
    expect(await getDeletionImpact(person.id)).toEqual({ soleSuperUserOrgs: [], passkeys: 1, linkedAccounts: 0 });

    expect(await deleteAccountOf(person)).toEqual({ email: person.email });
    expect(await accountOf(person)).toEqual([]);
    expect(await getAuthSession(other)).toBeNull();
    const counts = await countRows(person);
    expect(Object.keys(counts).length).toBeGreaterThan(10);
    expect(Object.values(counts).every((rows) => rows === 0)).toBe(true);
    for (const orgId of [owner.orgId, otherOrg.id]) {
      expect((await listAuditEntries({ orgId }))[0]).toMatchObject({ name: "account.deleted", actorId: person.id, message: `Deleted account of ${person.email}` });
    }
    expect((await queuedEmailsTo(person.email)).map(({ template }) => template)).toEqual(["account-deleted"]);
  });

  test("requires the checkbox", async () => {
    const person = await newAccount();
    for (const input of [{}, { agreed: "" }, { agreed: "on" }]) {
      await expect(deleteAccount.fromRaw(await newAccountContext(person), input)).rejects.toMatchObject({ code: "invalid", fields: { agreed: [expect.any(String)] } });
    }
    expect(await accountOf(person)).toHaveLength(1);
  });

  test("is refused for the only active Super User of an organization, and names the organizations", async () => {
    const [person, suspended] = [await newAccount(), await newAccount({ suspendedAt: new Date() })];
    const [first, second] = [await newOrg("Fjord Ferries"), await newOrg("Alpine Rail")];
    await newMember(first, "super_user", "all", person);
    await newMember(first, "super_user", "all", suspended);
    await newMember(first, "network_admin");
    await newMember(second, "super_user", "all", person);
    await newMember(owner.org, "observer", "all", person);
    await newMember(second, "observer");
    const empty = { invitations: 0, sites: 0 };
    expect((await getDeletionImpact(person.id)).soleSuperUserOrgs).toEqual([{ ...second, members: 1, ...empty }, { ...first, members: 2, ...empty }]);
    const confirmation = { organizations: [first.id, second.id], organizationNames: "Alpine Rail\nFjord Ferries" };
    await expect(deleteAccountOf(person, confirmation)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Alpine Rail and Fjord Ferries") });
    expect(await accountOf(person)).toHaveLength(1);
    expect(await queuedEmailsTo(person.email)).toEqual([]);

    await newMember(first, "super_user");
    await newMember(second, "super_user");
    await deleteAccountOf(person);
    expect(await accountOf(person)).toEqual([]);
  });

  test("the SQL functions show nothing about organizations of other accounts", async () => {
    const { id } = await newAccount();
    await withAuthScope({ accountId: id }, async (tx) => {
      expect([...(await tx.execute(sql`select * from orgs_with_sole_super_user()`))]).toEqual([]);
    });
    await withAuthScope({}, async (tx) => {
      expect([...(await tx.execute(sql`select * from orgs_with_sole_super_user()`))]).toEqual([]);
      await tx.execute(sql`select lock_orgs_for_account_deletion()`);
    });
  });

  test("invalidates pending invitations sent by the account, but not those sent by others", async () => {
    const inviter = await newMember(owner.org, "super_user");
    const [own, others] = ["own", "others"].map((word) => `${word}-${inviter.id}@example.test`);
    await inviteAdministrator(inviter, { ...invited, email: String(own) });
    await inviteAdministrator(owner, { ...invited, email: String(others) });
    await deleteAccountOf(inviter);
    expect(await getInvitation(await requireEmailToken(String(own), "invitation"))).toMatchObject({ open: false });
    expect(await getInvitation(await requireEmailToken(String(others), "invitation"))).toMatchObject({ open: true });
  });

  test("voids all links sent to the email, which can then be used for a new account", async () => {
    const person = await newAccount();
    await inviteAdministrator(owner, { ...invited, email: person.email });
    await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email });
    const newEmail = `new-${person.email}`;
    const change = { purpose: "change_email" as const, accountId: person.id, email: newEmail, secretHash: Buffer.from(person.id) };
    await withAuthScope({ accountId: person.id, email: newEmail }, (tx) => tx.insert(emailTokens).values({ ...change, expiresAt: sql`now() + interval '1 hour'` }));
    await deleteAccountOf(person);
    const remaining = await withAuthScope({ email: person.email }, (tx) => tx.select({ purpose: emailTokens.purpose, voided: sql`${emailTokens.voidedAt} is not null` }).from(emailTokens));
    expect(remaining).toEqual([{ purpose: "invite", voided: true }]);
    expect(await withAuthScope({ email: newEmail }, (tx) => tx.select().from(emailTokens))).toEqual([]);
    const token = await requireEmailToken(person.email, "invitation");
    await expect(acceptInvitation({ origin: newRequestMetadata(), signedIn: null }, { token })).rejects.toMatchObject({ code: "conflict" });
    const again = await newAccount({ email: person.email });
    expect(again.id).not.toBe(person.id);
    expect((await getDeletionImpact(again.id)).soleSuperUserOrgs).toEqual([]);
  });
});

describe("ACC-29, ADM-6: concurrency", () => {
  const rounds = Array.from({ length: 20 }, (_, round) => round);
  const outcome = (attempt: Promise<unknown>) => attempt.then(() => "gone", (error: Error & { code?: string }) => error.code ?? error.message);

  test("when two Super Users delete their accounts concurrently, one remains (20 rounds)", async () => {
    for (const _ of rounds) {
      const [one, two] = [await newOrg(), await newOrg()];
      const people = [await newAccount(), await newAccount()];
      for (const org of [one, two]) for (const person of people) await newMember(org, "super_user", "all", person);
      const selves = await Promise.all(people.map((person) => newAccountContext(person)));
      const outcomes = await Promise.all(selves.map((self) => outcome(deleteAccount(self, agreed))));
      expect(outcomes.toSorted()).toEqual(["conflict", "gone"]);
      for (const org of [one, two]) expect(await superUsersOf(org)).toHaveLength(1);
    }
  });

  test("when one Super User deletes their account and revokes the other concurrently, one remains", async () => {
    for (const _ of rounds) {
      const org = await newOrg();
      const people = [await newAccount(), await newAccount()] as const;
      const [first, second] = [await newMember(org, "super_user", "all", people[0]), await newMember(org, "super_user", "all", people[1])];
      const self = await newAccountContext(people[0]);
      const revoke = revokeAccess(first, { administratorId: String(second.membershipId) });
      await Promise.all([outcome(deleteAccount(self, agreed)), outcome(revoke)]);
      expect(await superUsersOf(org)).toHaveLength(1);
    }
  });

  test("an organization created concurrently is never left without a Super User", async () => {
    for (const _ of rounds) {
      const person = await newAccount();
      const self = await newAccountContext(person);
      const create = createOrganization({ ...(await newAccountContext(person)), siteDefaults: { country: "NO", timeZone: "Europe/Oslo" } }, { name: "Late" });
      const [left, made] = await Promise.allSettled([deleteAccount(self, agreed), create]);
      const stays = left.status === "rejected";
      expect([stays, await accountOf(person)]).toEqual([stays, stays ? [{ id: person.id }] : []]);
      expect(made.status).toBe(stays ? "fulfilled" : "rejected");
    }
  });

  test("concurrent password changes and sign-ins cause no errors and leave no rows behind", async () => {
    const passwordHash = await hashPassword(validPassword);
    const change = { currentPassword: validPassword, password: "amber-lantern-48-quay" };
    for (const _ of rounds) {
      const person = await newAccount({ passwordHash });
      const [self, other] = [await newAccountContext(person), await newAccountContext(person)];
      const login = logIn(person).catch(({ code }: { code: string }) => code);
      const [left, changed, signedIn] = await Promise.all([outcome(deleteAccount(self, agreed)), outcome(changePassword(other, change)), login]);
      if (typeof signedIn === "string") expect(signedIn).toBe("unauthenticated");
      // When the password change commits first, it ends the session that the deletion needs.
      const stays = left !== "gone";
      if (stays) expect([left, changed]).toEqual(["unauthenticated", "gone"]);
      else expect(["gone", "conflict", "invalid", "unauthenticated"]).toContain(changed);
      expect(await accountOf(person)).toHaveLength(stays ? 1 : 0);
      if (!stays) expect(Object.values(await countRows(person)).every((rows) => rows === 0)).toBe(true);
    }
  });

  test("20 concurrent requests delete one account and write one audit entry", async () => {
    const [org, person] = [await newOrg(), await newAccount()];
    await newMember(org, "observer", "all", person);
    const self = await newAccountContext(person);
    const outcomes = await Promise.all(rounds.map(() => outcome(deleteAccount(self, agreed))));
    expect(outcomes.filter((code) => code === "gone")).toHaveLength(1);
    expect(outcomes.filter((code) => code === "unauthenticated")).toHaveLength(19);
    expect((await listAuditEntries({ orgId: org.id })).filter(({ name }) => name === "account.deleted")).toHaveLength(1);
    expect(await queuedEmailsTo(person.email)).toHaveLength(1);
  });
});

describe("AUD-7, ACC-29: audit log of a deleted account", () => {
  const period = () => ({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) });
  const listEntries = async (reader: Parameters<typeof getAuditLog>[0]) => {
    const { from, to } = period();
    return (await getAuditLog(reader, { from, to, bounds: [from, to] })).rows.map(({ admin, email, message }) => ({ admin, email, message }));
  };
  const ageDeletion = async (actorId: string) => {
    const owner = connectAsOwner();
    await owner.begin(async (tx) => {
      await tx`set local role signalbox_definer`;
      await tx`update audit_actors set deleted_at = deleted_at - interval '31 days' where actor_id = ${actorId}`;
    });
    await owner.end();
  };

  test("entries keep the name for 30 days and are then deleted", async () => {
    const reader = await newSuperUser();
    const person = await newAccount({ firstName: "Nils", lastName: "Anker" });
    const { membershipId } = await newMember(reader.org, "super_user", "all", person);
    await createSite(memberActor(reader.org, "super_user", "all", person, String(membershipId)), { name: "Oslo", country: "NO", timeZone: "Europe/Oslo" });
    await deleteAccountOf(person);

    const actor = { admin: "Nils Anker", email: person.email };
    await maintainAuditLog.perform({});
    expect(await listEntries(reader)).toContainEqual({ ...actor, message: "Added site Oslo" });
    expect(await listEntries(reader)).toContainEqual({ ...actor, message: `Deleted account of ${person.email}` });

    await ageDeletion(person.id);
    await maintainAuditLog.perform({});
    expect(JSON.stringify(await listEntries(reader))).not.toMatch(new RegExp(`Nils|Anker|${person.email}`));
    const names = await withTenant({ orgId: reader.orgId, sites: "all" }, (tx) => tx.select({ name: auditActors.name }).from(auditActors));
    expect(names).not.toContainEqual({ name: "Nils Anker" });
  });
});
