import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { passwordLifetimes } from "@/lib/env";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import type { LoginResult } from "@/lib/sessions/internal";
import { outstandingSteps } from "@/lib/sessions/rules";
import { configureGoogle } from "@/lib/testing/google";
import { loginMethodsWith, newLoginSetup } from "@/lib/testing/login-methods";
import { currentTotpCode, setTwoFactorRequired, submitCode } from "@/lib/testing/totp";
import { loadSession, newSession, openedSession } from "@/lib/testing/sign-in";

const google = await fakeOAuthProvider();
beforeAll(() => configureGoogle(google.issuer));
afterAll(() => google.close());

const loginMethods = loginMethodsWith(google);

async function outcomeOf(login: LoginResult): Promise<string> {
  if (login.kind === "challenge") return "asked for a code";
  const who = await loadSession(openedSession(login));
  const [step] = outstandingSteps(who, passwordLifetimes());
  return step ? `must complete ${step}` : "signed in";
}

const policies = [
  { twoFactor: false, required: false, outcome: "signed in" },
  { twoFactor: false, required: true, outcome: "must complete two_factor" },
  { twoFactor: true, required: false, outcome: "asked for a code" },
  { twoFactor: true, required: true, outcome: "asked for a code" },
];

const cases = Object.entries(loginMethods).flatMap(([name, method]) =>
  policies
    .filter(({ twoFactor }) => !(method.createsAccount && twoFactor))
    .map(({ outcome, ...policy }) => ({ name, method, ...policy, outcome: policy.twoFactor && method.multiFactor ? "signed in" : outcome })),
);

describe("MFA-6: every login method enforces the second factor", () => {
  test.each(cases)("$name, authenticator $twoFactor, required $required: $outcome", async ({ method, twoFactor, required, outcome }) => {
    const setup = await newLoginSetup(twoFactor, required);
    const loginResult = await method.login(setup);
    expect(await outcomeOf(loginResult)).toBe(outcome);
    if (loginResult.kind === "session") return;
    const passed = await submitCode(loginResult.secret, currentTotpCode(setup.owner.seed));
    expect(passed && (await outcomeOf(passed))).toBe("signed in");
  });
});

const existingAccountMethods = Object.entries(loginMethods).filter(([, { createsAccount }]) => !createsAccount);

describe("PWD-3, MFA-6: no login method signs in to a suspended account", () => {
  test.each(existingAccountMethods)("%s", async (_name, { login }) => {
    const setup = await newLoginSetup(false, false);
    const { id: accountId } = setup.owner;
    await withAuthScope({ accountId }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, accountId)));
    await expect(login(setup)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("suspended") });
    expect(await withAuthScope({ accountId }, (tx) => tx.$count(sessions, eq(sessions.accountId, accountId)))).toBe(0);
  });
});

test("MFA-7: an existing session must complete the set-up while an organization requires it", async () => {
  const { owner, superUser } = await newLoginSetup(false, false);
  const key = await newSession(owner);
  const pending = async () => outstandingSteps(await loadSession(key), passwordLifetimes());
  expect(await pending()).toEqual([]);
  await setTwoFactorRequired(superUser.org);
  expect(await pending()).toEqual(["two_factor"]);
  await setTwoFactorRequired(superUser.org, false);
  expect(await pending()).toEqual([]);
});
