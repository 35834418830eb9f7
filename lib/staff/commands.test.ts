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

const accountState = async (person: Person) => {
  const columns = { suspendedAt: accounts.suspendedAt, suspendedFor: accounts.suspendedFor, reinstatedAt: accounts.reinstatedAt, userGroup: accounts.userGroup };
  const [row] = await asVisitor({ accountId: person.id }, (tx) => tx.select(columns).from(accounts));
  return row;
};

describe("PWD-3: reinstateAccount", () => {
  test("the account is active again, its owner is notified, and the audit entry names the staff member", async () => {
    const person = await newPerson();
    const member = await newMember(await newOrg(), "super_user", "all", person);
    await suspend(person);
    await reinstateAccount(ida, { email: person.email.toUpperCase() });
    expect(await accountState(person)).toMatchObject({ suspendedAt: null, suspendedFor: null, reinstatedAt: expect.any(Date) });
    expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(["account-reinstated"]);
    const [entry] = await entriesOf(member);
    expect(entry).toMatchObject({ name: "account.reinstated", actorKind: "staff", actorId: ida.id, message: `Reinstate account of ${person.email}` });
    await expect(sessionOf(person)).resolves.toBeDefined();
  });

  test("one of 20 parallel requests reinstates and sends one email", async () => {
    const person = await newPerson();
    await suspend(person);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => reinstateAccount(ida, { email: person.email })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await mailsTo(person.email)).toHaveLength(1);
  });

  test("active and unknown accounts give an error", async () => {
    const person = await newPerson();
    await expect(reinstateAccount(ida, { email: person.email })).rejects.toThrow(`The account ${person.email} is not suspended`);
    const nobody = newAddress();
    await expect(reinstateAccount(ida, { email: nobody })).rejects.toThrow(`There is no account with the address ${nobody}`);
    await expect(reinstateAccount(ida, { email: "no address" })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("MFA-8: resetTwoFactor", () => {
  test("the password alone signs in again, sessions end, the owner is notified, and the reset is logged", async () => {
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

  test("MFA-6: where an organization requires it, the next sign-in leads to the set-up", async () => {
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

describe("PWD-1: setUserGroup", () => {
  test("the audit entry in each organization has the group before and after", async () => {
    const person = await newPerson();
    const [one, other] = [await newMember(await newOrg(), "observer", "all", person), await newMember(await newOrg(), "observer", "all", person)];
    expect(await setUserGroup(ida, { email: person.email, group: "partner" })).toEqual({ before: "customer" });
    expect(await accountState(person)).toMatchObject({ userGroup: "partner" });
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

describe("PWD-5: setPartner", () => {
  test("all members of a partner organization are partners until it is unmarked", async () => {
    const org = await newOrg();
    const person = await newPerson();
    const member = await newMember(org, "observer", "all", person);
    const key = await sessionOf(person);
    const isPartnerMember = async () => (await presentAt(key)).memberships[0]?.partner;
    expect(await setPartner(ida, { organization: org.id, partner: "on" })).toEqual({ name: org.name });
    expect(await isPartnerMember()).toBe(true);
    await expect(setPartner(ida, { organization: org.id, partner: "on" })).rejects.toThrow(`${org.name} is a partner already`);
    await setPartner(ida, { organization: org.id, partner: "off" });
    expect(await isPartnerMember()).toBe(false);
    expect((await entriesOf(member)).slice(0, 2).map(({ name, actorKind, message }) => [name, actorKind, message])).toEqual([
      ["organization.unmade_partner", "staff", `Unmark as partner ${org.name}`],
      ["organization.made_partner", "staff", `Mark as partner ${org.name}`],
    ]);
  });

  test("an unknown organization gives an error", async () => {
    const id = "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
    await expect(setPartner(ida, { organization: id, partner: "on" })).rejects.toThrow("There is no organization with the id");
    await expect(setPartner(ida, { organization: "Tidewater", partner: "on" })).rejects.toMatchObject({ code: "invalid" });
  });
});

test("staff need a name, and the same name gives the same id", () => {
  expect(staffCalled("ida holm ").id).toBe(ida.id);
  expect(staffCalled("Ida Holmes").id).not.toBe(ida.id);
  expect(() => staffCalled("")).toThrow();
});
