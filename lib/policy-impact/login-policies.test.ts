import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts, organizations, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { passwordLifetimes } from "@/lib/env";
import { acceptInvitation, createLogin } from "@/lib/invitation-acceptance/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { changePassword } from "@/lib/profile/commands";
import { defaultSessionPolicy } from "@/lib/sessions/queries";
import { isWithinLimits, orgsWithUnmetRules, outstandingSteps, sessionLimits } from "@/lib/sessions/rules";
import { signIn } from "@/lib/sessions/commands";
import { unmetPasswordRules } from "@/lib/shared/password-rules";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { newMember, newOrg, type TestOrg } from "@/lib/testing/fixtures";
import { configureGoogle } from "@/lib/testing/google";
import { loginMethodsWith, newLoginSetup } from "@/lib/testing/login-methods";
import { latestEmailToken, loadSession, newEmailAddress, newRequestMetadata, newSession, openedSession, runQueuedJobs, validPassword } from "@/lib/testing/sign-in";
import { currentTotpCode, submitCode } from "@/lib/testing/totp";

const google = await fakeOAuthProvider();
beforeAll(() => configureGoogle(google.issuer));
afterAll(() => google.close());

const setPolicy = (org: TestOrg, settings: Record<string, unknown>) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ settings }).where(eq(organizations.id, org.id)));
const passwordPolicy = (rules: Record<string, unknown>) => ({ password_policy: { enabled: true, ...rules } });
type Key = ReturnType<typeof openedSession>;
const stepsOf = async (key: Key) => outstandingSteps(await loadSession(key), passwordLifetimes());

// A reset or a new login is a password of today, which was held to the policy when it was chosen.
const typesPassword = ["password", "password on a remembered device", "invitation accepted by the owner of an account"];
const newLogin = "login created from an invitation";
const setsPassword = ["reset, then password", newLogin];

const roads = Object.entries(loginMethodsWith(google)).map(([name, { login }]) => ({ name, login }));

describe("ORG-2, MFA-6: every road in × every policy", () => {
  const policies = [
    { policy: "two-factor authentication", settings: passwordPolicy({ requires_two_factor_auth: true }), expected: () => ["two_factor"] },
    { policy: "expiry", settings: passwordPolicy({ expiry_in_days: 30 }), expected: (name: string) => (setsPassword.includes(name) ? [] : ["password"]) },
    { policy: "minimum length", settings: passwordPolicy({ min_length: 23 }), expected: (name: string) => (name === newLogin ? "invalid" : typesPassword.includes(name) ? ["password"] : []) },
    { policy: "special characters", settings: passwordPolicy({ requires_special_char: true, min_length: 8 }), expected: () => [] },
    { policy: "a policy that is not enabled", settings: { password_policy: { min_length: 64, requires_two_factor_auth: true, expiry_in_days: 1 } }, expected: () => [] },
  ];
  const cases = policies.flatMap((one) => roads.map((road) => ({ ...one, ...road })));

  test.each(cases)("$name, $policy", async ({ name, login, settings, expected }) => {
    const setup = await newLoginSetup();
    const { id: accountId } = setup.owner;
    await withAuthScope({ accountId }, (tx) => tx.update(accounts).set({ passwordChangedAt: sql`now() - interval '40 days'` }).where(eq(accounts.id, accountId)));
    await setPolicy(setup.superUser.org, settings);
    const outcome = login(setup).then((result) => stepsOf(openedSession(result)), ({ code }: { code?: string }) => code);
    expect(await outcome).toEqual(expected(name));
  });

  test.each(roads)("ORG-3: $name, session and inactivity timeout", async ({ login }) => {
    const setup = await newLoginSetup();
    const { orgId } = setup.superUser;
    await setPolicy(setup.superUser.org, { session_expiry: 10, ui_idle_timeout: 5 });
    const { accountId, sessionId, ...rest } = openedSession(await login(setup));
    const isOpenAfter = async (signedIn: number, used: number) => {
      const ago = (minutes: number) => sql`now() - make_interval(mins => ${minutes})`;
      await withAuthScope({ accountId }, (tx) => tx.update(sessions).set({ authTime: ago(signedIn), lastSeenAt: ago(used) }).where(eq(sessions.id, sessionId)));
      const { age, memberships } = await loadSession({ accountId, sessionId, ...rest });
      return isWithinLimits(age, sessionLimits(orgId, memberships, defaultSessionPolicy()));
    };
    expect([await isOpenAfter(9, 4), await isOpenAfter(9, 6), await isOpenAfter(11, 0)]).toEqual([true, false, false]);
  });
});

describe("ORG-2: a password that no longer fits", () => {
  const shortPolicy = passwordPolicy({ min_length: 30 });
  const typed = async ({ email }: { email: string }, password = validPassword) => signIn({ origin: newRequestMetadata() }, { email, password });

  test("is changed at the next sign-in, after the second factor where there is one; sessions that are open keep on", async () => {
    const { owner, superUser } = await newLoginSetup(true);
    const open = await newSession(owner, "password", "code");
    await setPolicy(superUser.org, shortPolicy);
    expect(await stepsOf(open)).toEqual([]);
    const login = await typed(owner);
    if (login.kind !== "challenge") throw new Error("A second factor is required");
    const key = openedSession((await submitCode(login.secret, currentTotpCode(owner.seed))) ?? login);
    expect(await stepsOf(key)).toEqual(["password"]);
    expect(await stepsOf(open)).toEqual([]);
    const self = { ...(await loadSession(key)), origin: newRequestMetadata() };
    await expect(changePassword(self, { currentPassword: validPassword, password: "violet-kettle-48-orbit" })).rejects.toMatchObject({ fields: { password: [expect.stringContaining("at least 30 characters")] } });
    const token = await changePassword(self, { currentPassword: validPassword, password: "violet-kettle-48-orbit-and-lantern" });
    expect(await stepsOf(openedSession({ kind: "session", token }))).toEqual([]);
  });

  test("is changed once: the new one meets the rules of every organization, and the next sign-in asks for nothing", async () => {
    const { owner, superUser } = await newLoginSetup();
    const other = await newOrg();
    await newMember(other, "observer", "all", owner);
    await setPolicy(superUser.org, shortPolicy);
    await setPolicy(other, passwordPolicy({ requires_special_char: true }));
    const key = openedSession(await typed(owner));
    expect(orgsWithUnmetRules(await loadSession(key)).map(({ orgId }) => orgId)).toEqual([superUser.orgId]);
    const password = "violet-kettle-48-orbit-and-lantern";
    await changePassword({ ...(await loadSession(key)), origin: newRequestMetadata() }, { currentPassword: validPassword, password });
    expect(await stepsOf(openedSession(await typed(owner, password)))).toEqual([]);
  });

  test("need not be changed any more once the policy asks for less, is turned off or the member has left", async () => {
    const { owner, superUser } = await newLoginSetup();
    await setPolicy(superUser.org, shortPolicy);
    const key = openedSession(await typed(owner));
    for (const settings of [passwordPolicy({ min_length: 29 }), { password_policy: { enabled: false, min_length: 30 } }, {}]) {
      await setPolicy(superUser.org, settings);
      expect(await stepsOf(key)).toEqual([]);
      await setPolicy(superUser.org, shortPolicy);
      expect(await stepsOf(key)).toEqual(["password"]);
    }
  });

  test.each([
    ["violet-kettle", [{ minimum: 10 }, { minimum: 14 }, { minimum: 20 }], { minLength: 14 }],
    ["violetkettle", [{ special: true }, { minimum: 12 }], { special: true }],
    ["violet kettle", [{ minimum: 14, special: true }], { minLength: 14, special: true }],
    ["violet-kettle", [{ minimum: 13, special: true }, {}], null],
    ["violet-kettle", [], null],
  ])("%s with the rules %j lacks %j", (password, policies, unmet) => {
    expect(unmetPasswordRules(password, policies)).toEqual(unmet);
  });
});

describe("ORG-2, AUT-1: the policy holds wherever a password is set", () => {
  const demand = { fields: { password: [expect.stringMatching(/at least 30 characters/)] } };
  const policy = passwordPolicy({ min_length: 30, requires_special_char: true });
  const unfit = ["violet-kettle-47-orbit", "violetkettle47orbitviolet47orbit"];

  test("by the link of an invitation", async () => {
    const { superUser } = await newLoginSetup();
    await setPolicy(superUser.org, policy);
    const email = newEmailAddress();
    await inviteAdministrator(superUser, { email, firstName: "Nora", lastName: "Falk", role: "observer", scope: "all" });
    await acceptInvitation({ origin: newRequestMetadata(), signedIn: null }, { token: await requireEmailToken(email, "invitation") });
    const token = await requireEmailToken(email, "invitation-accepted");
    const create = (password: string) => createLogin({ origin: newRequestMetadata() }, { token, firstName: "Nora", lastName: "Falk", phone: "", password, terms: "true" });
    await expect(create(unfit[0] ?? "")).rejects.toMatchObject(demand);
    await expect(create(unfit[1] ?? "")).rejects.toMatchObject({ fields: { password: [expect.stringContaining("special character")] } });
    await expect(create("violet-kettle-47-orbit-and-lantern")).resolves.toMatchObject({ orgId: superUser.orgId });
  });

  test("by the link of a reset, with a policy that is newer than the link", async () => {
    const { owner, superUser } = await newLoginSetup();
    const token = await newResetToken(owner);
    await setPolicy(superUser.org, policy);
    await expect(resetPassword({ origin: newRequestMetadata() }, { token, password: unfit[0] ?? "" })).rejects.toMatchObject(demand);
    await expect(resetPassword({ origin: newRequestMetadata() }, { token, password: "violet-kettle-47-orbit-and-lantern" })).resolves.toMatchObject({ email: owner.email });
  });
});

async function newResetToken({ email }: { email: string }) {
  const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email });
  await runQueuedJobs("account.recover", { request });
  return latestEmailToken(email, "reset-password");
}
