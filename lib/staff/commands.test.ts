import { describe, expect, test } from "vitest";
import { reinstateAccount, resetTwoFactor, setPartner, setUserGroup, staffCalled } from "@/lib/staff/commands";
import { accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { sql } from "drizzle-orm";
import { goodPassword, newAddress, presentAt, sessionOf, signedInAs } from "@/lib/testing/visitors";
import { codeNow, giveTwoFactor, newOwner, requireTwoFactor } from "@/lib/testing/two-factor";
import { renewRecoveryCodes } from "@/lib/two-factor/commands";
import { unusedCodes } from "@/lib/two-factor/queries";
import { duesOf } from "@/lib/sessions/rules";
import { presentSession } from "@/lib/sessions/queries";
import { entriesOf, mailsTo, newMember, newOrg, newPerson, type Person } from "@/lib/testing/world";

const ida = staffCalled("Ida Holm");

const suspend = (person: Person) =>
  asVisitor({ accountId: person.id }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()`, suspendedFor: "password" }));

const stateOf = async (person: Person) => {
  const columns = { suspendedAt: accounts.suspendedAt, suspendedFor: accounts.suspendedFor, reinstatedAt: accounts.reinstatedAt, userGroup: accounts.userGroup };
  const [row] = await asVisitor({ accountId: person.id }, (tx) => tx.select(columns).from(accounts));
  return row;
};

describe("PWD-3: staff reinstate", () => {
  test("the account opens, its owner is told, and its organizations read which of the staff it was", async () => {
    const person = await newPerson();
    const member = await newMember(await newOrg(), "super_user", "all", person);
    await suspend(person);
    await reinstateAccount(ida, { email: person.email.toUpperCase() });
    expect(await stateOf(person)).toMatchObject({ suspendedAt: null, suspendedFor: null, reinstatedAt: expect.any(Date) });
    expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(["account-reinstated"]);
    const [entry] = await entriesOf(member);
    expect(entry).toMatchObject({ name: "account.reinstated", actorKind: "staff", actorId: ida.id, message: `Reinstate account of ${person.email}` });
    await expect(sessionOf(person)).resolves.toBeDefined();
  });

  test("of twenty at once one reinstates, and the owner is told once", async () => {
    const person = await newPerson();
    await suspend(person);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => reinstateAccount(ida, { email: person.email })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await mailsTo(person.email)).toHaveLength(1);
  });

  test("an account that is open, or that there is not, is said so", async () => {
    const person = await newPerson();
    await expect(reinstateAccount(ida, { email: person.email })).rejects.toThrow(`The account ${person.email} is not suspended`);
    const nobody = newAddress();
    await expect(reinstateAccount(ida, { email: nobody })).rejects.toThrow(`There is no account with the address ${nobody}`);
    await expect(reinstateAccount(ida, { email: "no address" })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("MFA-8: staff reset a second factor", () => {
  test("phone and recovery codes lost: the password alone opens the account again, sessions end, the owner is told, it is on the record", async () => {
    const person = await newOwner(true);
    const member = await newMember(await newOrg(), "observer", "all", person);
    const key = await sessionOf(person, "password", "code");
    await renewRecoveryCodes(await signedInAs(person, "password", "code"), { password: goodPassword, code: codeNow(person.seed) });
    await resetTwoFactor(ida, { email: person.email });
    expect(await presentSession(key)).toBeNull();
    expect(await unusedCodes(person.id)).toBe(0);
    await expect(sessionOf(person)).resolves.toBeDefined();
    expect((await mailsTo(person.email)).at(-1)?.props.what).toBe("Two-factor authentication was disabled by the staff of Signalbox");
    expect(await entriesOf(member)).toContainEqual(expect.objectContaining({ name: "two_factor.disabled", actorKind: "staff", actorId: ida.id }));
    await expect(resetTwoFactor(ida, { email: person.email })).rejects.toThrow(`The account ${person.email} has no second factor`);
  });

  test("MFA-6: where an organization requires one, the next sign-in leads to its set-up", async () => {
    const person = await newPerson({ analyticsAllowed: "no" });
    const org = await newOrg();
    await newMember(org, "observer", "all", person);
    await requireTwoFactor(org);
    await giveTwoFactor(person);
    await resetTwoFactor(ida, { email: person.email });
    const periods = { customer: null, partner: null, public: null };
    expect(duesOf(await presentAt(await sessionOf(person)), periods)).toEqual(["two_factor"]);
  });
});

describe("PWD-1: staff choose the user group", () => {
  test("the group is on the record before and after, for every organization of the person", async () => {
    const person = await newPerson();
    const [one, other] = [await newMember(await newOrg(), "observer", "all", person), await newMember(await newOrg(), "observer", "all", person)];
    expect(await setUserGroup(ida, { email: person.email, group: "partner" })).toEqual({ before: "customer" });
    expect(await stateOf(person)).toMatchObject({ userGroup: "partner" });
    for (const member of [one, other]) {
      expect((await entriesOf(member))[0]).toMatchObject({
        name: "account.regrouped",
        actorKind: "staff",
        change: { before: { userGroup: "customer" }, after: { userGroup: "partner" } },
      });
    }
    await expect(setUserGroup(ida, { email: person.email, group: "partner" })).rejects.toMatchObject({ code: "conflict" });
    await expect(setUserGroup(ida, { email: person.email, group: "friends" })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("PWD-5: staff mark partners", () => {
  test("all members of a marked organization count as partners, until the mark is taken away", async () => {
    const org = await newOrg();
    const person = await newPerson();
    const member = await newMember(org, "observer", "all", person);
    const key = await sessionOf(person);
    const counts = async () => (await presentAt(key)).memberships[0]?.partner;
    expect(await setPartner(ida, { organization: org.id, partner: "on" })).toEqual({ name: org.name });
    expect(await counts()).toBe(true);
    await expect(setPartner(ida, { organization: org.id, partner: "on" })).rejects.toThrow(`${org.name} is a partner already`);
    await setPartner(ida, { organization: org.id, partner: "off" });
    expect(await counts()).toBe(false);
    expect((await entriesOf(member)).slice(0, 2).map(({ name, actorKind, message }) => [name, actorKind, message])).toEqual([
      ["organization.unmade_partner", "staff", `Unmark as partner ${org.name}`],
      ["organization.made_partner", "staff", `Mark as partner ${org.name}`],
    ]);
  });

  test("an organization that there is not is said so", async () => {
    const id = "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
    await expect(setPartner(ida, { organization: id, partner: "on" })).rejects.toThrow("There is no organization with the id");
    await expect(setPartner(ida, { organization: "Tidewater", partner: "on" })).rejects.toMatchObject({ code: "invalid" });
  });
});

test("whoever acts has a name, and one name is one person in every log", () => {
  expect(staffCalled("ida holm ").id).toBe(ida.id);
  expect(staffCalled("Ida Holmes").id).not.toBe(ida.id);
  expect(() => staffCalled("")).toThrow();
});
