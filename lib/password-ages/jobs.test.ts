import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "postgres";
import { accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { isMailName, renderMail } from "@/emails";
import { requestReset, resetPassword } from "@/lib/accounts/commands";
import { env, passwordPeriods } from "@/lib/env";
import { holdAccount } from "@/lib/kernel/hold";
import { hashPassword } from "@/lib/passwords/hash";
import { jobs, tendPasswords } from "@/lib/password-ages/jobs";
import { changePassword } from "@/lib/profiles/commands";
import { signIn } from "@/lib/sessions/commands";
import { presentSession } from "@/lib/sessions/queries";
import { duesOf } from "@/lib/sessions/rules";
import { reinstateAccount, setPartner, staffCalled } from "@/lib/staff/commands";
import { goodPassword, newVisitor, sessionOf, signedInAs, tokenMailed, waiting, work } from "@/lib/testing/visitors";
import { asOwner, entriesOf, mailsTo, newMember, newOrg, newPerson, type Person, waitingForLocks } from "@/lib/testing/world";

const start = "00000000-0000-0000-0000-000000000000";
const staff = staffCalled("Ida Holm");
let owner: Sql;

// Row security binds the owner too; this file has a database of its own, in which time must be moved.
beforeAll(async () => {
  owner = asOwner();
  for (const table of ["accounts", "organizations", "password_notices", "account_events"]) {
    await owner`alter table ${owner(table)} no force row level security`;
  }
});

afterAll(() => owner.end());

async function tendAll() {
  const parts = [start];
  for (const after of parts) await tendPasswords(after, async (last) => void parts.push(last));
}

const newHolder = async (facts: Parameters<typeof newPerson>[0] = {}) =>
  newPerson({ passwordHash: await hashPassword(goodPassword), passwordChangedAt: new Date(), analyticsAllowed: "no", ...facts });

/** Lets time pass for one account, as far as its password goes. */
async function pass(person: Person, days: number) {
  const ago = owner`make_interval(secs => ${days * 86_400})`;
  await owner.begin(async (sql) => {
    await sql`update accounts set password_changed_at = password_changed_at - ${ago}, reinstated_at = reinstated_at - ${ago},
      suspended_at = suspended_at - ${ago} where id = ${person.id}`;
    await sql`update password_notices set password_changed_at = password_changed_at - ${ago}, sent_at = sent_at - ${ago}
      where account_id = ${person.id}`;
  });
}

const templates = async (person: Person) => (await mailsTo(person.email)).map(({ template }) => template);
const reminders = async (person: Person) =>
  (await mailsTo(person.email)).filter(({ template }) => template === "password-expiring").map(({ props }) => props.ends);

const duesFor = async (person: Person) => duesOf(await signedInAs(person), passwordPeriods());

const tryToSignIn = (person: Person) => signIn({ email: person.email, password: goodPassword }, { origin: newVisitor() });

/** A year and more of somebody's life, a day at a time: what was said on which day of it. */
async function live(person: Person, days: number, dayOne = 0) {
  const said: [day: number, what: unknown][] = [];
  let known = (await mailsTo(person.email)).length;
  for (let day = dayOne; day < dayOne + days; day += 1) {
    if (day > 0) await pass(person, 1);
    await tendAll();
    const mails = await mailsTo(person.email);
    said.push(...mails.slice(known).map(({ template, props }): [number, unknown] => [day, props.ends ?? template]));
    known = mails.length;
  }
  return said;
}

describe("PWD-1, PWD-2, PWD-3: the whole life of a password", { timeout: 300_000 }, () => {
  test("a partner: five reminders, only the change, suspension, refusal, reinstatement, the change, and free again", async () => {
    const person = await newHolder({ userGroup: "partner" });
    const org = await newOrg();
    const member = await newMember(org, "observer", "all", person);
    const colleague = await newMember(org, "observer");
    expect(await live(person, 365)).toEqual([
      [335, "ends in 30 days"],
      [351, "ends in 14 days"],
      [358, "ends in 7 days"],
      [364, "ends in 1 day"],
    ]);
    expect(await duesFor(person)).toEqual(["notice"]);
    const open = await sessionOf(person);
    expect(await live(person, 90, 365)).toEqual([[365, "has ended"]]);
    expect(await duesFor(person)).toEqual(["notice", "password"]);
    expect(await live(person, 30, 455)).toEqual([[455, "account-suspended"]]);

    expect(await presentSession(open)).toBeNull();
    await expect(tryToSignIn(person)).rejects.toThrow(/suspended.*support@localhost/);
    const request = await requestReset({ email: person.email }, newVisitor());
    await work("account.recover", { request });
    const reset = { token: await tokenMailed(person.email, "reset-password"), password: "amber-signal-93-quay" };
    await expect(resetPassword(reset, newVisitor())).rejects.toThrow(/suspended.*support@localhost/);

    await reinstateAccount(staff, { email: person.email });
    expect((await templates(person)).at(-1)).toBe("account-reinstated");
    await expect(tryToSignIn(person)).resolves.toMatchObject({ kind: "ticket" });
    expect(await duesFor(person)).toEqual(["notice", "password"]);
    expect(await live(person, 89, 485)).toEqual([]);
    const who = await signedInAs(person);
    await changePassword(who, { currentPassword: goodPassword, password: "amber-signal-93-quay" });
    expect(await duesFor(person)).toEqual(["notice"]);
    expect(await live(person, 330)).toEqual([]);

    for (const { template, props } of await mailsTo(person.email)) {
      if (!isMailName(template)) throw new Error(`There is no mail ${template}`);
      await expect(renderMail(template, props)).resolves.toHaveProperty("text");
    }

    const entries = (await entriesOf(member)).filter(({ actorKind }) => actorKind !== "account");
    expect(entries.map(({ name, actorKind }) => [name, actorKind]).toReversed()).toEqual([
      ...Array.from({ length: 5 }, () => ["password.expiring", "system"]),
      ["account.suspended", "system"],
      ["account.reinstated", "staff"],
    ]);
    expect(await templates({ ...person, email: colleague.email ?? "" })).toEqual([]);
  });

  test("a grace that is used up once more after the reinstatement ends in another suspension", async () => {
    const person = await newHolder({ userGroup: "partner" });
    const key = await sessionOf(person);
    await pass(person, 366);
    await tendAll();
    await pass(person, 90);
    await tendAll();
    await reinstateAccount(staff, { email: person.email });
    expect(await presentSession(key)).toBeNull();
    await pass(person, 89);
    await tendAll();
    expect(await templates(person)).toEqual(["password-expiring", "account-suspended", "account-reinstated"]);
    await pass(person, 1);
    await tendAll();
    expect((await templates(person)).at(-1)).toBe("account-suspended");
    await reinstateAccount(staff, { email: person.email });
    await pass(person, 89);
    await tendAll();
    expect((await templates(person)).at(-1)).toBe("account-reinstated");
  });

  test("the strictest of a person's organizations wins: 30 days, and none of the other's members is concerned", async () => {
    const [strict, lax] = [await newOrg(), await newOrg()];
    await owner`update organizations set password_expiry_days = 30 where id = ${strict.id}`;
    const person = await newHolder();
    await newMember(strict, "observer", "all", person);
    await newMember(lax, "observer", "all", person);
    const other = await newHolder();
    await newMember(lax, "observer", "all", other);
    expect(await live(person, 32)).toEqual([[16, "ends in 14 days"], [23, "ends in 7 days"], [29, "ends in 1 day"], [30, "has ended"]]);
    const [mail] = await mailsTo(person.email);
    expect(mail?.props).toMatchObject({ by: strict.name, whom: "its members", every: "30 days" });
    expect(await duesFor(person)).toEqual(["password"]);
    await pass(other, 4_000);
    await tendAll();
    expect(await templates(other)).toEqual([]);
    expect(await duesFor(other)).toEqual([]);
  });

  test("a customer whose group and organizations set no period is never told anything", async () => {
    const person = await newHolder();
    await newMember(await newOrg(), "super_user", "all", person);
    for (const days of [335, 30, 1_000, 5_000]) {
      await pass(person, days);
      await tendAll();
    }
    expect(await templates(person)).toEqual([]);
    expect(await duesFor(person)).toEqual([]);
  });

  test("the members of an organization that becomes a partner get the partners' period, and a whole grace from being told", async () => {
    const org = await newOrg();
    const person = await newHolder();
    await newMember(org, "observer", "all", person);
    await pass(person, 1_000);
    await setPartner(staff, { organization: org.id, partner: "on" });
    await tendAll();
    expect(await reminders(person)).toEqual(["has ended"]);
    await pass(person, 89);
    await tendAll();
    expect(await templates(person)).toEqual(["password-expiring"]);
    await pass(person, 1);
    await tendAll();
    expect(await templates(person)).toEqual(["password-expiring", "account-suspended"]);
  });
});

describe("PWD-2: however often the job runs", () => {
  test("of twenty runs at once each mail is sent and recorded once", async () => {
    const people = await Promise.all([336, 352, 359, 364.5, 366].map(async (days) => {
      const person = await newHolder({ userGroup: "partner" });
      await pass(person, days);
      return person;
    }));
    await Promise.all(Array.from({ length: 20 }, tendAll));
    const sent = await Promise.all(people.map(reminders));
    expect(sent).toEqual([["ends in 29 days"], ["ends in 13 days"], ["ends in 6 days"], ["ends in 1 day"], ["has ended"]]);
    const recorded = await owner`select count(*)::int as entries from account_events
      where account_id in ${owner(people.map(({ id }) => id))} and name = 'password.expiring'`;
    expect(recorded[0]?.entries).toBe(people.length);
  });

  test("of twenty runs at once one suspends, and the organization is told that it lost its last Super User", async () => {
    const [alone, shared] = [await newOrg(), await newOrg()];
    const person = await newHolder({ userGroup: "partner" });
    const held = [await newMember(alone, "super_user", "all", person), await newMember(shared, "super_user", "all", person)] as const;
    await newMember(shared, "super_user");
    await newMember(alone, "super_user", "all", await newPerson({ suspendedAt: new Date() }));
    await pass(person, 370);
    await tendAll();
    await pass(person, 91);
    await Promise.all(Array.from({ length: 20 }, tendAll));
    expect(await templates(person)).toEqual(["password-expiring", "account-suspended"]);
    const message = async (member: (typeof held)[number]) =>
      (await entriesOf(member)).filter(({ name }) => name === "account.suspended").map((entry) => entry.message);
    expect(await message(held[0])).toEqual([
      `Suspend account of ${person.email} (its password ended 96 days ago), the last Super User of this organization`,
    ]);
    expect(await message(held[1])).toEqual([`Suspend account of ${person.email} (its password ended 96 days ago)`]);
  });

  test("who changes the password in the moment before keeps the account", async () => {
    const [{ id: before }, person, org] = [await newPerson(), await newHolder({ userGroup: "partner" }), await newOrg()];
    await newMember(org, "super_user", "all", person);
    await pass(person, 370);
    await tendAll();
    await pass(person, 91);
    const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
    const crowd = Array.from({ length: env().POOL_SIZE }, () => withinScope({ orgId: org.id, sites: "all" }, () => end));
    const own = <T,>(work: Parameters<typeof asVisitor<T>>[1]) => asVisitor({ accountId: person.id }, work);
    let [tended, changed]: [Promise<unknown>, Promise<unknown>] = [end, end];
    // It has looked once, and asks who else leads the organization, when the password changes.
    await own(async (tx) => {
      await holdAccount(tx, person.id, "no key update");
      tended = tendPasswords(before, () => Promise.resolve());
      while ((await waitingForLocks(owner)) < 1);
      changed = own((other) => other.update(accounts).set({ passwordChangedAt: sql`now()` }));
      while ((await waitingForLocks(owner)) < 2);
    });
    await changed;
    letGo();
    await Promise.all([tended, ...crowd]);
    expect(await templates(person)).toEqual(["password-expiring"]);
  });

  test("after a pause of weeks the most urgent reminder is sent, and those it missed are not sent afterwards", async () => {
    const person = await newHolder({ userGroup: "partner" });
    await pass(person, 362);
    await tendAll();
    await tendAll();
    expect(await reminders(person)).toEqual(["ends in 3 days"]);
    await pass(person, 2.5);
    await tendAll();
    expect(await reminders(person)).toEqual(["ends in 3 days", "ends in 1 day"]);
  });

  test("a change in time ends the reminders of the old password, and the new one has its own", async () => {
    const person = await newHolder({ userGroup: "partner" });
    await pass(person, 352);
    await tendAll();
    const who = await signedInAs(person);
    await changePassword(who, { currentPassword: goodPassword, password: "amber-signal-93-quay" });
    await pass(person, 20);
    await tendAll();
    expect(await reminders(person)).toEqual(["ends in 13 days"]);
    await pass(person, 332);
    await tendAll();
    expect(await reminders(person)).toEqual(["ends in 13 days", "ends in 13 days"]);
  });

  test("an account that cannot be tended keeps nobody else from their reminder", async () => {
    const [odd, next] = [await newHolder({ userGroup: "partner" }), await newHolder({ userGroup: "partner" })];
    await pass(odd, 340);
    await pass(next, 340);
    await owner.unsafe(`alter table password_notices add constraint odd check (account_id <> '${odd.id}')`);
    await expect(tendAll()).rejects.toThrow("1 account could not be tended");
    await owner`alter table password_notices drop constraint odd`;
    expect([await reminders(odd), await reminders(next)]).toEqual([[], ["ends in 25 days"]]);
    await tendAll();
    expect(await reminders(odd)).toEqual(["ends in 25 days"]);
  });

  test("more accounts than one part holds are all reached, a part after the other", async () => {
    const people = await Promise.all(Array.from({ length: 230 }, () => newPerson({ userGroup: "partner", passwordChangedAt: new Date(Date.now() - 340 * 86_400_000) })));
    const [remind] = jobs;
    await remind?.perform({});
    const next = await waiting("password.remind", {});
    expect(next).toHaveLength(1);
    await remind?.perform(next[0]);
    const [row] = await owner`select count(distinct account_id)::int as people from password_notices where account_id in ${owner(people.map(({ id }) => id))}`;
    expect(row?.people).toBe(230);
  });
});
