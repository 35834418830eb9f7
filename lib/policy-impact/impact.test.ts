import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { accounts, organizations, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { renderEmail } from "@/emails";
import type { Actor } from "@/lib/access/actor";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { passwordLifetimes } from "@/lib/env";
import { previewSettings } from "@/lib/policy-impact/queries";
import { type AuthSession, defaultSessionPolicy, listOwnSessions } from "@/lib/sessions/queries";
import { isRevokedForOrg, isWithinLimits, outstandingSteps, sessionLimits } from "@/lib/sessions/rules";
import { updateSettings } from "@/lib/settings/commands";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import { latestAuditEntry, listAuditEntries, newAccount, newMember, newOrg, newSuperUser, queuedEmailsTo, type TestAccount, type TestOrg } from "@/lib/testing/fixtures";
import { race, rounds } from "@/lib/testing/race";
import { loadSession, newSession } from "@/lib/testing/sign-in";

const formOf = async (actor: Actor) => settingsFormValues(await getSettings(actor, {}));
const preview = async (actor: Actor, typed: Record<string, unknown>) => previewSettings.fromRaw(actor, { ...(await formOf(actor)), ...typed });
const save = async (actor: Actor, typed: Record<string, unknown>) => updateSettings.fromRaw(actor, { ...(await formOf(actor)), ...typed });
const setPolicy = (org: TestOrg, settings: Record<string, unknown>) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ settings }).where(eq(organizations.id, org.id)));

const withSecondFactor = { twoFactorEnabledAt: new Date() };
const withPassword = (daysOld = 0) => ({ passwordChangedAt: new Date(Date.now() - daysOld * 86_400_000) });
const requireTwoFactor = { "password_policy.enabled": "true", "password_policy.requires_two_factor_auth": "true" };
const requireLength = (length: number) => ({ "password_policy.enabled": "true", "password_policy.min_length": String(length) });

/** A session that signed in and was used so many minutes ago. */
async function sessionOf(person: Pick<TestAccount, "id">, signedIn: number, used = 0) {
  const key = await newSession(person, "password", "code");
  const ago = (minutes: number) => sql`now() - make_interval(secs => ${minutes * 60})`;
  await withAuthScope({ accountId: person.id }, (tx) => tx.update(sessions).set({ authTime: ago(signedIn), lastSeenAt: ago(used) }).where(eq(sessions.id, key.sessionId)));
  return key;
}

describe("whom a stricter policy touches", () => {
  test("ORG-2, ACC-23: members without a second factor, of whom nobody demands one yet", async () => {
    const [superUser, strict] = [await newSuperUser(), await newOrg()];
    await setPolicy(strict, { password_policy: { enabled: true, requires_two_factor_auth: true } });
    const elsewhere = await newAccount();
    await newMember(strict, "observer", "all", elsewhere);
    await newMember(superUser.org, "observer", "all", elsewhere);
    await newMember(superUser.org, "observer", "all", await newAccount(withSecondFactor));
    await newMember(superUser.org, "observer", "all", await newAccount({ suspendedAt: new Date() }));
    await inviteAdministrator(superUser, { email: `invited-${superUser.orgId}@example.test`, role: "observer", scope: "all" });
    await newMember(superUser.org, "observer");
    await newMember(superUser.org, "super_user");
    expect(await preview(superUser, requireTwoFactor)).toEqual({
      effects: ["3 members must set up two-factor authentication at their next request, 2 of them Super Users."],
      warnings: [expect.stringContaining("set up two-factor authentication yourself")],
      others: 2,
    });
  });

  test("ORG-2: members with a password that nobody demanded to be as long", async () => {
    const [superUser, strict] = [await newSuperUser(), await newOrg()];
    await setPolicy(strict, { password_policy: { enabled: true, min_length: 14, requires_special_char: true } });
    const [elsewhere, here] = [await newAccount(withPassword()), await newAccount(withPassword())];
    await newMember(strict, "observer", "all", elsewhere);
    for (const person of [elsewhere, here, await newAccount()]) await newMember(superUser.org, "observer", "all", person);
    const checked = (count: string, demand: string) => [`Passwords can’t be checked now: ${count} must choose a new one at their next sign-in, unless theirs has ${demand}.`];
    expect((await preview(superUser, requireLength(14)))?.effects).toEqual(checked("1 member", "at least 14 characters"));
    expect((await preview(superUser, requireLength(15)))?.effects).toEqual(checked("2 members", "at least 15 characters"));
    expect((await preview(superUser, { ...requireLength(8), "password_policy.requires_special_char": "true" }))?.effects).toEqual(checked("1 member", "at least 8 characters and a special character"));
    expect(await preview(superUser, requireLength(8))).toBeNull();
  });

  test("ORG-2: members whose password is older than the new period, and than no period that held already", async () => {
    const [superUser, strict] = [await newSuperUser(), await newOrg()];
    await setPolicy(strict, { password_policy: { enabled: true, expiry_in_days: 20 } });
    const [elsewhere, old, fresh] = [await newAccount(withPassword(31)), await newAccount(withPassword(31)), await newAccount(withPassword(29))];
    await newMember(strict, "observer", "all", elsewhere);
    for (const person of [elsewhere, old, fresh]) await newMember(superUser.org, "observer", "all", person);
    const expireAfter = (days: number) => ({ "password_policy.enabled": "true", "password_policy.expiry_in_days": String(days) });
    expect((await preview(superUser, expireAfter(30)))?.effects).toEqual(["1 password has expired: its owner chooses a new one at the next request."]);
    expect(await preview(superUser, expireAfter(32))).toBeNull();
    await save(superUser, expireAfter(30));
    expect((await preview(superUser, expireAfter(28)))?.effects).toEqual(["1 password has expired: its owner chooses a new one at the next request."]);
  });

  test("ORG-3: sessions that are open now and would not be, with that of the one who saves", async () => {
    const superUser = await newSuperUser();
    const [member, idle] = [await newAccount(), await newAccount()];
    for (const person of [member, idle]) await newMember(superUser.org, "observer", "all", person);
    const { sessionId } = await sessionOf(superUser, 90);
    for (const minutes of [10, 70, 80, 25 * 60]) await sessionOf(member, minutes);
    await sessionOf(idle, 30, 20);
    await sessionOf(idle, 200, 70);
    const actor = { ...superUser, sessionId };
    expect(await preview(actor, { session_expiry: "60" })).toEqual({
      effects: ["3 open sessions end at once, yours among them."],
      warnings: ["You’ll be signed out and must sign in again."],
      others: 1,
    });
    expect(await preview(actor, { ui_idle_timeout: "15" })).toEqual({ effects: ["1 open session ends at once."], warnings: [], others: 1 });
    expect((await preview({ ...actor, sessionId: undefined }, { session_expiry: "60" }))?.warnings).toEqual([]);
    expect(await preview(actor, { session_expiry: "20160", ui_idle_timeout: "0" })).toBeNull();
  });

  test("TEN-5, X-6: only for those who may save, with the current version and valid input", async () => {
    const superUser = await newSuperUser();
    await expect(preview(await newMember(superUser.org, "network_admin"), requireTwoFactor)).rejects.toMatchObject({ code: "forbidden" });
    const opened = await formOf(superUser);
    await expect(preview(superUser, requireLength(7))).rejects.toMatchObject({ fields: { "password_policy.min_length": [expect.any(String)] } });
    await save(superUser, { session_expiry: "60" });
    await expect(previewSettings.fromRaw(superUser, { ...opened, ...requireTwoFactor })).rejects.toMatchObject({ code: "conflict", currentValues: expect.objectContaining({ session_expiry: "60" }) });
    expect(await preview(superUser, { name: "Fjord Ferries" })).toBeNull();
  });
});

const seed = Math.floor(Math.random() * 2 ** 31);
let drawn = seed;
function pick<T>(values: readonly T[]): T {
  drawn = (drawn * 1_103_515_245 + 12_345) % 2 ** 31;
  return values[Math.floor((drawn / 2 ** 31) * values.length)] as T;
}

const randomPolicy = () => ({
  ...(pick([true, false]) && { session_expiry: pick([60, 600, 2_000]) }),
  ...(pick([true, false]) && { ui_idle_timeout: pick([0, 5, 30, 200]) }),
  password_policy: { enabled: pick([true, false]), requires_two_factor_auth: pick([true, false]), ...(pick([true, false]) && { expiry_in_days: pick([10, 60, 200]) }) },
});

const isOpenIn = (orgId: string, session: AuthSession) =>
  isWithinLimits(session.age, sessionLimits(orgId, session.memberships, defaultSessionPolicy())) && !isRevokedForOrg(orgId, session.memberships);

test("ORG-2, ORG-3, MFA-7, SES-6: what is announced is what happens, whatever the policies of the other organizations of the members", async () => {
  const superUser = await newSuperUser();
  await setPolicy(superUser.org, randomPolicy());
  const others = [await newOrg(), await newOrg(), await newOrg()];
  for (const org of others) await setPolicy(org, randomPolicy());
  const people = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const facts = { ...(pick([true, false]) && withSecondFactor), ...(pick([true, false]) && withPassword(pick([5, 30, 100, 300]))), userGroup: pick(["customer", "partner"] as const) };
      const person = await newAccount({ ...facts, analyticsAllowed: "no" });
      await newMember(superUser.org, "observer", "all", person);
      for (const org of others) if (pick([true, false, false])) await newMember(org, "observer", "all", person);
      const used = pick([0, 3, 20, 100]);
      return { ...person, key: await sessionOf(person, used + pick([0, 30, 300, 1_000]), used) };
    }),
  );
  const stateOf = () =>
    Promise.all(
      people.map(async ({ key }) => {
        const session = await loadSession(key);
        const steps = outstandingSteps(session, passwordLifetimes());
        return { isOpen: isOpenIn(superUser.orgId, session), twoFactor: steps.includes("two_factor"), expired: steps.includes("password") };
      }),
    );
  const before = await stateOf();
  const stricter = { session_expiry: "120", ui_idle_timeout: "10", ...requireTwoFactor, "password_policy.expiry_in_days": "50" };
  const announced = (await preview(superUser, stricter))?.effects ?? [];
  await save(superUser, stricter);
  const after = await stateOf();
  const count = (changed: (one: (typeof before)[number], other: (typeof before)[number]) => boolean) => before.filter((state, at) => changed(state, after[at] ?? state)).length;
  const numberBefore = (words: string) => Number(announced.map((text) => new RegExp(`^([\\d,]+) ${words}`).exec(text)?.[1]).find(Boolean) ?? 0);
  const numbers = { twoFactor: numberBefore("members? must set up"), sessions: numberBefore("open sessions? ends?"), expired: numberBefore("passwords? ha") };
  expect(numbers, `seed ${seed}`).toEqual({
    twoFactor: count((one, other) => !one.twoFactor && other.twoFactor) + (announced.some((text) => text.endsWith("Super User.")) ? 1 : 0),
    sessions: count((one, other) => one.isOpen && !other.isOpen),
    expired: count((one, other) => !one.expired && other.expired),
  });
});

describe("SES-6: sessions that a timeout has ended", () => {
  const isOpen = async (orgId: string, key: Awaited<ReturnType<typeof sessionOf>>) => isOpenIn(orgId, await loadSession(key));

  test.each([
    ["a shorter timeout ends and a longer one does not revive", { session_expiry: "20" }, { session_expiry: "20160" }],
    ["a shorter inactivity timeout ends and none at all does not revive", { ui_idle_timeout: "20" }, { ui_idle_timeout: "0" }],
  ])("%s", async (_, shorter, longer) => {
    const superUser = await newSuperUser();
    const person = await newAccount();
    await newMember(superUser.org, "observer", "all", person);
    const [old, fresh] = [await sessionOf(person, 30, 30), await sessionOf(person, 10, 10)];
    const open = async () => [await isOpen(superUser.orgId, old), await isOpen(superUser.orgId, fresh)];
    expect(await open()).toEqual([true, true]);
    await save(superUser, shorter);
    expect(await open()).toEqual([false, true]);
    await save(superUser, longer);
    expect(await open()).toEqual([false, true]);
    expect((await listOwnSessions(await loadSession(fresh))).map(({ id }) => id)).toEqual([fresh.sessionId]);
    expect(await preview(superUser, { session_expiry: "15", ui_idle_timeout: "15" })).toBeNull();
  });

  test("do not come back when the timeout that ended them, long ago, becomes longer; those in other organizations stay as they are", async () => {
    const [superUser, other] = [await newSuperUser(), await newSuperUser()];
    const person = await newAccount();
    for (const { org } of [superUser, other]) await newMember(org, "observer", "all", person);
    await save(superUser, { session_expiry: "60" });
    const key = await sessionOf(person, 70);
    expect([await isOpen(superUser.orgId, key), await isOpen(other.orgId, key)]).toEqual([false, true]);
    await save(superUser, { session_expiry: "600" });
    expect([await isOpen(superUser.orgId, key), await isOpen(other.orgId, key)]).toEqual([false, true]);
    expect(await isOpen(superUser.orgId, await sessionOf(person, 0))).toBe(true);
  });
});

describe("telling the members", () => {
  const telling = { notify_members: "true" };
  const noticesTo = async ({ email }: Pick<TestAccount, "email">) => (await queuedEmailsTo(email)).filter(({ template }) => template === "policy-changed");

  test("ORG-2, X-3: each touched member gets one email about what touches them, and the entry says how many were told", async () => {
    const superUser = await newSuperUser();
    const [both, one, untouched] = [await newAccount(withPassword()), await newAccount({ ...withPassword(), ...withSecondFactor }), await newAccount(withSecondFactor)];
    for (const person of [both, one, untouched]) await newMember(superUser.org, "observer", "all", person);
    await save(superUser, { ...requireTwoFactor, ...requireLength(12), ...telling });
    const common = { organization: superUser.org.name, by: superUser.name, sessions: "", expiry: "" };
    expect(await noticesTo(both)).toMatchObject([{ props: { ...common, twoFactor: expect.stringContaining("required"), password: expect.stringContaining("at least 12 characters") } }]);
    expect(await noticesTo(one)).toMatchObject([{ props: { ...common, twoFactor: "", password: expect.stringContaining("at least 12 characters") } }]);
    expect([await noticesTo(untouched), await noticesTo({ email: String(superUser.email) })]).toEqual([[], []]);
    const [notice] = await noticesTo(both);
    expect((await renderEmail("policy-changed", notice?.props)).text).toContain(`${superUser.org.name} changed its sign-in rules`);
    expect(await listAuditEntries(superUser)).toHaveLength(1);
    expect((await latestAuditEntry(superUser))?.message).toBe(`Changed Password Policy in ${superUser.org.name} (2 members told by email)`);
  });

  test("ORG-2: nobody is told unless it is wanted, nor about a policy that is not stricter", async () => {
    const superUser = await newSuperUser();
    const person = await newAccount();
    await newMember(superUser.org, "observer", "all", person);
    await save(superUser, requireTwoFactor);
    await save(superUser, { "password_policy.requires_two_factor_auth": "", ...telling });
    await save(superUser, { name: "Fjord Ferries", ...telling });
    expect(await noticesTo(person)).toEqual([]);
    expect((await listAuditEntries(superUser)).map(({ message }) => message).join()).not.toContain("told");
  });

  test("X-6: of 20 saves at once one is kept, with one email to each member", async () => {
    const superUser = await newSuperUser();
    const people = await Promise.all(rounds.map(() => newAccount()));
    for (const person of people) await newMember(superUser.org, "observer", "all", person);
    const input = { ...(await formOf(superUser)), ...requireTwoFactor, ...telling };
    const outcomes = await race(rounds.map(() => updateSettings.fromRaw(superUser, input)));
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 19 }, () => "conflict"), "done"]);
    for (const person of people) expect(await noticesTo(person)).toHaveLength(1);
    expect(await listAuditEntries(superUser)).toHaveLength(1);
  });

  test("X-6: members who join, leave or set up their second factor meanwhile get in nobody's way", async () => {
    const superUser = await newSuperUser();
    const people = await Promise.all(rounds.map(() => newAccount()));
    for (const person of people) await newMember(superUser.org, "observer", "all", person);
    await preview(superUser, requireTwoFactor);
    const [saved, ...changes] = await race([
      save(superUser, { ...requireTwoFactor, ...telling }),
      ...people.slice(0, 10).map(({ id }) => withAuthScope({ accountId: id }, (tx) => tx.update(accounts).set(withSecondFactor).where(eq(accounts.id, id)))),
      ...rounds.map(() => newMember(superUser.org, "observer")),
    ]);
    expect([saved, ...new Set(changes)]).toEqual(["done", "done"]);
    const told = (await Promise.all(people.map(noticesTo))).map((notices) => notices.length);
    expect(told.slice(10)).toEqual(Array.from({ length: 10 }, () => 1));
    expect(Math.max(...told)).toBe(1);
  });
});
