import { describe, expect, test } from "vitest";
import { reinstateAccount, resetTwoFactor, setPartner, setUserGroup } from "@/lib/staff/commands";
import { staffActor } from "@/lib/staff/rules";
import { accounts } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { sql } from "drizzle-orm";
import { validPassword, newEmailAddress, loadSession, newSession, newAccountContext } from "@/lib/testing/sign-in";
import { currentTotpCode, enrollTotp, newAccountWithPassword, setTwoFactorRequired } from "@/lib/testing/totp";
import { regenerateRecoveryCodes } from "@/lib/two-factor/commands";
import { countUnusedRecoveryCodes } from "@/lib/two-factor/queries";
import { outstandingSteps } from "@/lib/sessions/rules";
import { getAuthSession } from "@/lib/sessions/queries";
import { listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount, type TestAccount } from "@/lib/testing/fixtures";

const ida = staffActor("Ida Holm");

const suspend = (person: TestAccount) =>
  withAuthScope({ accountId: person.id }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()`, suspensionReason: "password" }));

const accountState = async (person: TestAccount) => {
  const columns = { suspendedAt: accounts.suspendedAt, suspensionReason: accounts.suspensionReason, reinstatedAt: accounts.reinstatedAt, userGroup: accounts.userGroup };
  const [row] = await withAuthScope({ accountId: person.id }, (tx) => tx.select(columns).from(accounts));
  return row;
};

describe("PWD-3: reinstateAccount", () => {
  test("the account is active again, its owner is notified, and the audit entry names the staff member", async () => {
    const person = await newAccount();
    const member = await newMember(await newOrg(), "super_user", "all", person);
    await suspend(person);
    await reinstateAccount(ida, { email: person.email.toUpperCase() });
    expect(await accountState(person)).toMatchObject({ suspendedAt: null, suspensionReason: null, reinstatedAt: expect.any(Date) });
    expect((await queuedEmailsTo(person.email)).map(({ template }) => template)).toEqual(["account-reinstated"]);
    const [entry] = await listAuditEntries(member);
    expect(entry).toMatchObject({ name: "account.reinstated", actorKind: "staff", actorId: ida.id, message: `Reinstated account of ${person.email}` });
    await expect(newSession(person)).resolves.toBeDefined();
  });

  test("one of 20 parallel requests reinstates and sends one email", async () => {
    const person = await newAccount();
    await suspend(person);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => reinstateAccount(ida, { email: person.email })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await queuedEmailsTo(person.email)).toHaveLength(1);
  });

  test("active and unknown accounts give an error", async () => {
    const person = await newAccount();
    await expect(reinstateAccount(ida, { email: person.email })).rejects.toThrow(`The account ${person.email} isn’t suspended`);
    const nobody = newEmailAddress();
    await expect(reinstateAccount(ida, { email: nobody })).rejects.toThrow(`There is no account with the address ${nobody}`);
    await expect(reinstateAccount(ida, { email: "no address" })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("MFA-8: resetTwoFactor", () => {
  test("the password alone signs in again, sessions end, the owner is notified, and the reset is logged", async () => {
    const person = await newAccountWithPassword(true);
    const member = await newMember(await newOrg(), "observer", "all", person);
    const key = await newSession(person, "password", "code");
    await regenerateRecoveryCodes(await newAccountContext(person, "password", "code"), { password: validPassword, code: currentTotpCode(person.seed) });
    await resetTwoFactor(ida, { email: person.email });
    expect(await getAuthSession(key)).toBeNull();
    expect(await countUnusedRecoveryCodes(person.id)).toBe(0);
    await expect(newSession(person)).resolves.toBeDefined();
    expect((await queuedEmailsTo(person.email)).at(-1)?.props.what).toBe("Two-factor authentication was disabled by the staff of Signalbox");
    expect(await listAuditEntries(member)).toContainEqual(expect.objectContaining({ name: "two_factor.disabled", actorKind: "staff", actorId: ida.id }));
    await expect(resetTwoFactor(ida, { email: person.email })).rejects.toThrow(`The account ${person.email} has no second factor`);
  });

  test("MFA-6: where an organization requires it, the next sign-in leads to the set-up", async () => {
    const person = await newAccount({ analyticsAllowed: "no" });
    const org = await newOrg();
    await newMember(org, "observer", "all", person);
    await setTwoFactorRequired(org);
    await enrollTotp(person);
    await resetTwoFactor(ida, { email: person.email });
    const periods = { customer: null, partner: null, public: null };
    expect(outstandingSteps(await loadSession(await newSession(person)), periods)).toEqual(["two_factor"]);
  });
});

describe("PWD-1: setUserGroup", () => {
  test("the audit entry in each organization has the group before and after", async () => {
    const person = await newAccount();
    const [one, other] = [await newMember(await newOrg(), "observer", "all", person), await newMember(await newOrg(), "observer", "all", person)];
    expect(await setUserGroup(ida, { email: person.email, group: "partner" })).toEqual({ before: "customer" });
    expect(await accountState(person)).toMatchObject({ userGroup: "partner" });
    for (const member of [one, other]) {
      expect((await listAuditEntries(member))[0]).toMatchObject({
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
    const person = await newAccount();
    const member = await newMember(org, "observer", "all", person);
    const key = await newSession(person);
    const isPartnerMember = async () => (await loadSession(key)).memberships[0]?.partner;
    expect(await setPartner(ida, { organization: org.id, partner: "on" })).toEqual({ name: org.name });
    expect(await isPartnerMember()).toBe(true);
    await expect(setPartner(ida, { organization: org.id, partner: "on" })).rejects.toThrow(`${org.name} is already a partner`);
    await setPartner(ida, { organization: org.id, partner: "off" });
    expect(await isPartnerMember()).toBe(false);
    expect((await listAuditEntries(member)).slice(0, 2).map(({ name, actorKind, message }) => [name, actorKind, message])).toEqual([
      ["organization.unmade_partner", "staff", `Ended partner status of ${org.name}`],
      ["organization.made_partner", "staff", `Made ${org.name} a partner`],
    ]);
  });

  test("an unknown organization gives an error", async () => {
    const id = "0190b6c2-1f3a-7c44-9a51-4f1c2a5d7e80";
    await expect(setPartner(ida, { organization: id, partner: "on" })).rejects.toThrow("There is no organization with the id");
    await expect(setPartner(ida, { organization: "Tidewater", partner: "on" })).rejects.toMatchObject({ code: "invalid" });
  });
});

test("staff need a name, and the same name gives the same id", () => {
  expect(staffActor("ida holm ").id).toBe(ida.id);
  expect(staffActor("Ida Holmes").id).not.toBe(ida.id);
  expect(() => staffActor("")).toThrow();
});
