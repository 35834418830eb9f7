import { sql } from "drizzle-orm";
import { NIL } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "postgres";
import { accounts } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { isEmailName, renderEmail } from "@/emails";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { env, passwordLifetimes } from "@/lib/env";
import { lockAccount } from "@/lib/kernel/lock-account";
import { hashPassword } from "@/lib/passwords/hash";
import { jobs, enforcePasswordExpiry } from "@/lib/password-expiry/jobs";
import { changePassword } from "@/lib/profile/commands";
import { signIn } from "@/lib/sessions/commands";
import { getAuthSession } from "@/lib/sessions/queries";
import { outstandingSteps } from "@/lib/sessions/rules";
import { reinstateAccount, setPartner } from "@/lib/staff/commands";
import { staffActor } from "@/lib/staff/rules";
import { validPassword, newRequestMetadata, newSession, newAccountContext, latestEmailToken, queuedJobs, runQueuedJobs } from "@/lib/testing/sign-in";
import { connectAsOwner, listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount, type TestAccount, countLockWaits } from "@/lib/testing/fixtures";

const staff = staffActor("Ida Holm");
let owner: Sql;

// Forced row security also applies to the owner; these tests must change timestamps in their own database.
beforeAll(async () => {
  owner = connectAsOwner();
  for (const table of ["accounts", "organizations", "password_reminders", "account_events"]) {
    await owner`alter table ${owner(table)} no force row level security`;
  }
});

afterAll(() => owner.end());

async function runPasswordJob() {
  const batches: string[] = [NIL];
  for (const after of batches) await enforcePasswordExpiry(after, async (last) => void batches.push(last));
}

const newPasswordAccount = async (facts: Parameters<typeof newAccount>[0] = {}) =>
  newAccount({ passwordHash: await hashPassword(validPassword), passwordChangedAt: new Date(), analyticsAllowed: "no", ...facts });

/** Moves the password timestamps of one account into the past. */
async function advanceDays(person: TestAccount, days: number) {
  const interval = owner`make_interval(secs => ${days * 86_400})`;
  await owner.begin(async (sql) => {
    await sql`update accounts set password_changed_at = password_changed_at - ${interval}, reinstated_at = reinstated_at - ${interval},
      suspended_at = suspended_at - ${interval} where id = ${person.id}`;
    await sql`update password_reminders set password_changed_at = password_changed_at - ${interval}, sent_at = sent_at - ${interval}
      where account_id = ${person.id}`;
  });
}

const templates = async (person: TestAccount) => (await queuedEmailsTo(person.email)).map(({ template }) => template);
const reminders = async (person: TestAccount) =>
  (await queuedEmailsTo(person.email)).filter(({ template }) => template === "password-expiring").map(({ props }) => props.ends);

const stepsFor = async (person: TestAccount) => outstandingSteps(await newAccountContext(person), passwordLifetimes());

const tryToSignIn = (person: TestAccount) => signIn({ origin: newRequestMetadata() }, { email: person.email, password: validPassword });

/** Runs the job for each day and returns the emails with the day on which each was sent. */
async function simulateDays(person: TestAccount, days: number, firstDay = 0) {
  const sent: [day: number, email: unknown][] = [];
  let counted = (await queuedEmailsTo(person.email)).length;
  for (let day = firstDay; day < firstDay + days; day += 1) {
    if (day > 0) await advanceDays(person, 1);
    await runPasswordJob();
    const mails = await queuedEmailsTo(person.email);
    sent.push(...mails.slice(counted).map(({ template, props }): [number, unknown] => [day, props.ends ?? template]));
    counted = mails.length;
  }
  return sent;
}

describe("PWD-1, PWD-2, PWD-3: the password life cycle", { timeout: 300_000 }, () => {
  test("a partner: five reminders, forced change, suspension, reinstatement, changed password", async () => {
    const person = await newPasswordAccount({ userGroup: "partner" });
    const org = await newOrg();
    const member = await newMember(org, "observer", "all", person);
    const colleague = await newMember(org, "observer");
    expect(await simulateDays(person, 365)).toEqual([
      [335, "expires in 30 days"],
      [351, "expires in 14 days"],
      [358, "expires in 7 days"],
      [364, "expires in 1 day"],
    ]);
    expect(await stepsFor(person)).toEqual(["notice"]);
    const openKey = await newSession(person);
    expect(await simulateDays(person, 90, 365)).toEqual([[365, "has expired"]]);
    expect(await stepsFor(person)).toEqual(["notice", "password"]);
    expect(await simulateDays(person, 30, 455)).toEqual([[455, "account-suspended"]]);

    expect(await getAuthSession(openKey)).toBeNull();
    await expect(tryToSignIn(person)).rejects.toThrow(/suspended.*support@localhost/);
    const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email });
    await runQueuedJobs("account.recover", { request });
    const reset = { token: await latestEmailToken(person.email, "reset-password"), password: "amber-signal-93-quay" };
    await expect(resetPassword({ origin: newRequestMetadata() }, reset)).rejects.toThrow(/suspended.*support@localhost/);

    await reinstateAccount(staff, { email: person.email });
    expect((await templates(person)).at(-1)).toBe("account-reinstated");
    await expect(tryToSignIn(person)).resolves.toMatchObject({ kind: "session" });
    expect(await stepsFor(person)).toEqual(["notice", "password"]);
    expect(await simulateDays(person, 89, 485)).toEqual([]);
    const who = await newAccountContext(person);
    await changePassword(who, { currentPassword: validPassword, password: "amber-signal-93-quay" });
    expect(await stepsFor(person)).toEqual(["notice"]);
    expect(await simulateDays(person, 330)).toEqual([]);

    for (const { template, props } of await queuedEmailsTo(person.email)) {
      if (!isEmailName(template)) throw new Error(`There is no mail ${template}`);
      await expect(renderEmail(template, props)).resolves.toHaveProperty("text");
    }

    const entries = (await listAuditEntries(member)).filter(({ actorKind }) => actorKind !== "account");
    expect(entries.map(({ name, actorKind }) => [name, actorKind]).toReversed()).toEqual([
      ...Array.from({ length: 5 }, () => ["password.expiring", "system"]),
      ["account.suspended", "system"],
      ["account.reinstated", "staff"],
    ]);
    expect(await templates({ ...person, email: colleague.email ?? "" })).toEqual([]);
  });

  test("a grace period that ends again after the reinstatement leads to another suspension", async () => {
    const person = await newPasswordAccount({ userGroup: "partner" });
    const key = await newSession(person);
    await advanceDays(person, 366);
    await runPasswordJob();
    await advanceDays(person, 90);
    await runPasswordJob();
    await reinstateAccount(staff, { email: person.email });
    expect(await getAuthSession(key)).toBeNull();
    await advanceDays(person, 89);
    await runPasswordJob();
    expect(await templates(person)).toEqual(["password-expiring", "account-suspended", "account-reinstated"]);
    await advanceDays(person, 1);
    await runPasswordJob();
    expect((await templates(person)).at(-1)).toBe("account-suspended");
    await reinstateAccount(staff, { email: person.email });
    await advanceDays(person, 89);
    await runPasswordJob();
    expect((await templates(person)).at(-1)).toBe("account-reinstated");
  });

  test("the strictest organization wins with 30 days, and members of other organizations are not affected", async () => {
    const [strict, lax] = [await newOrg(), await newOrg()];
    await owner`update organizations set settings = '{"password_policy": {"enabled": true, "expiry_in_days": 30}}' where id = ${strict.id}`;
    const person = await newPasswordAccount();
    await newMember(strict, "observer", "all", person);
    await newMember(lax, "observer", "all", person);
    const other = await newPasswordAccount();
    await newMember(lax, "observer", "all", other);
    expect(await simulateDays(person, 32)).toEqual([[16, "expires in 14 days"], [23, "expires in 7 days"], [29, "expires in 1 day"], [30, "has expired"]]);
    const [mail] = await queuedEmailsTo(person.email);
    expect(mail?.props).toMatchObject({ by: strict.name, whom: "its members", every: "30 days" });
    expect(await stepsFor(person)).toEqual(["password"]);
    await advanceDays(other, 4_000);
    await runPasswordJob();
    expect(await templates(other)).toEqual([]);
    expect(await stepsFor(other)).toEqual([]);
  });

  test("a customer without an expiry period gets no email", async () => {
    const person = await newPasswordAccount();
    await newMember(await newOrg(), "super_user", "all", person);
    for (const days of [335, 30, 1_000, 5_000]) {
      await advanceDays(person, days);
      await runPasswordJob();
    }
    expect(await templates(person)).toEqual([]);
    expect(await stepsFor(person)).toEqual([]);
  });

  test("members of a new partner organization get the partner period and a full grace period after the first email", async () => {
    const org = await newOrg();
    const person = await newPasswordAccount();
    await newMember(org, "observer", "all", person);
    await advanceDays(person, 1_000);
    await setPartner(staff, { organization: org.id, partner: "on" });
    await runPasswordJob();
    expect(await reminders(person)).toEqual(["has expired"]);
    await advanceDays(person, 89);
    await runPasswordJob();
    expect(await templates(person)).toEqual(["password-expiring"]);
    await advanceDays(person, 1);
    await runPasswordJob();
    expect(await templates(person)).toEqual(["password-expiring", "account-suspended"]);
  });
});

describe("PWD-2: repeated and parallel job runs", () => {
  test("20 parallel runs send and log each email once", async () => {
    const people = await Promise.all([336, 352, 359, 364.5, 366].map(async (days) => {
      const person = await newPasswordAccount({ userGroup: "partner" });
      await advanceDays(person, days);
      return person;
    }));
    await Promise.all(Array.from({ length: 20 }, runPasswordJob));
    const sent = await Promise.all(people.map(reminders));
    expect(sent).toEqual([["expires in 29 days"], ["expires in 13 days"], ["expires in 6 days"], ["expires in 1 day"], ["has expired"]]);
    const recorded = await owner`select count(*)::int as entries from account_events
      where account_id in ${owner(people.map(({ id }) => id))} and name = 'password.expiring'`;
    expect(recorded[0]?.entries).toBe(people.length);
  });

  test("one of 20 parallel runs suspends, and the audit entry names the loss of the last Super User", async () => {
    const [alone, shared] = [await newOrg(), await newOrg()];
    const person = await newPasswordAccount({ userGroup: "partner" });
    const held = [await newMember(alone, "super_user", "all", person), await newMember(shared, "super_user", "all", person)] as const;
    await newMember(shared, "super_user");
    await newMember(alone, "super_user", "all", await newAccount({ suspendedAt: new Date() }));
    await advanceDays(person, 370);
    await runPasswordJob();
    await advanceDays(person, 91);
    await Promise.all(Array.from({ length: 20 }, runPasswordJob));
    expect(await templates(person)).toEqual(["password-expiring", "account-suspended"]);
    const message = async (member: (typeof held)[number]) =>
      (await listAuditEntries(member)).filter(({ name }) => name === "account.suspended").map((entry) => entry.message);
    expect(await message(held[0])).toEqual([
      `Suspended account of ${person.email} (its password expired 96 days ago), the last Super User of this organization`,
    ]);
    expect(await message(held[1])).toEqual([`Suspended account of ${person.email} (its password expired 96 days ago)`]);
  });

  test("a password change just before the suspension keeps the account active", async () => {
    const [{ id: before }, person, org] = [await newAccount(), await newPasswordAccount({ userGroup: "partner" }), await newOrg()];
    await newMember(org, "super_user", "all", person);
    await advanceDays(person, 370);
    await runPasswordJob();
    await advanceDays(person, 91);
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const poolUsers = Array.from({ length: env().POOL_SIZE }, () => withTenant({ orgId: org.id, sites: "all" }, () => released));
    const withAccount = <T,>(work: Parameters<typeof withAuthScope<T>>[1]) => withAuthScope({ accountId: person.id }, work);
    let [jobRun, changed]: [Promise<unknown>, Promise<unknown>] = [released, released];
    // The password changes after the job's first read, while it looks up other Super Users.
    await withAccount(async (tx) => {
      await lockAccount(tx, person.id, "no key update");
      jobRun = enforcePasswordExpiry(before, () => Promise.resolve());
      while ((await countLockWaits(owner)) < 1);
      changed = withAccount((other) => other.update(accounts).set({ passwordChangedAt: sql`now()` }));
      while ((await countLockWaits(owner)) < 2);
    });
    await changed;
    release();
    await Promise.all([jobRun, ...poolUsers]);
    expect(await templates(person)).toEqual(["password-expiring"]);
  });

  test("after weeks without a run only the most urgent reminder is sent, and missed ones are skipped", async () => {
    const person = await newPasswordAccount({ userGroup: "partner" });
    await advanceDays(person, 362);
    await runPasswordJob();
    await runPasswordJob();
    expect(await reminders(person)).toEqual(["expires in 3 days"]);
    await advanceDays(person, 2.5);
    await runPasswordJob();
    expect(await reminders(person)).toEqual(["expires in 3 days", "expires in 1 day"]);
  });

  test("a password change restarts the reminders", async () => {
    const person = await newPasswordAccount({ userGroup: "partner" });
    await advanceDays(person, 352);
    await runPasswordJob();
    const who = await newAccountContext(person);
    await changePassword(who, { currentPassword: validPassword, password: "amber-signal-93-quay" });
    await advanceDays(person, 20);
    await runPasswordJob();
    expect(await reminders(person)).toEqual(["expires in 13 days"]);
    await advanceDays(person, 332);
    await runPasswordJob();
    expect(await reminders(person)).toEqual(["expires in 13 days", "expires in 13 days"]);
  });

  test("a failing account does not block reminders of other accounts", async () => {
    const [failing, other] = [await newPasswordAccount({ userGroup: "partner" }), await newPasswordAccount({ userGroup: "partner" })];
    await advanceDays(failing, 340);
    await advanceDays(other, 340);
    await owner.unsafe(`alter table password_reminders add constraint odd check (account_id <> '${failing.id}')`);
    await expect(runPasswordJob()).rejects.toThrow("1 account could not be processed");
    await owner`alter table password_reminders drop constraint odd`;
    expect([await reminders(failing), await reminders(other)]).toEqual([[], ["expires in 25 days"]]);
    await runPasswordJob();
    expect(await reminders(failing)).toEqual(["expires in 25 days"]);
  });

  test("accounts beyond one batch are processed in further batches", async () => {
    const people = await Promise.all(Array.from({ length: 230 }, () => newAccount({ userGroup: "partner", passwordChangedAt: new Date(Date.now() - 340 * 86_400_000) })));
    const [remind] = jobs;
    await remind?.perform({});
    const next = await queuedJobs("password.remind", {});
    expect(next).toHaveLength(1);
    await remind?.perform(next[0]);
    const [row] = await owner`select count(distinct account_id)::int as people from password_reminders where account_id in ${owner(people.map(({ id }) => id))}`;
    expect(row?.people).toBe(230);
  });
});
