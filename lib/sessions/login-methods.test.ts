import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { acceptInvitation, createLogin } from "@/lib/invitation-acceptance/commands";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { passwordLifetimes } from "@/lib/env";
import { signInWithGoogle } from "@/lib/identities/commands";
import { fakeOAuthProvider } from "@/lib/integrations/fake-oauth-provider";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { loginOptions } from "@/lib/passkeys/queries";
import type { LoginResult } from "@/lib/sessions/internal";
import { signIn } from "@/lib/sessions/commands";
import { outstandingSteps } from "@/lib/sessions/rules";
import { newPasskeyDevice } from "@/lib/testing/authenticator";
import { configureGoogle, insertGoogleIdentity, googleFlows } from "@/lib/testing/google";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { currentTotpCode, newAccountWithPassword, setTwoFactorRequired, submitCode } from "@/lib/testing/totp";
import { validPassword, newEmailAddress, newRequestMetadata, loadSession, newSession, openedSession, latestEmailToken, runQueuedJobs } from "@/lib/testing/sign-in";
import { newMember, newSuperUser, type TestAccount } from "@/lib/testing/fixtures";

type Owner = TestAccount & { seed: string };
type Setup = { owner: Owner; superUser: Awaited<ReturnType<typeof newSuperUser>> };

/** A login method; `multiFactor` ones need no second factor, `createsAccount` ones create the account. */
type LoginMethod = { login: (setup: Setup) => Promise<LoginResult>; multiFactor?: boolean; createsAccount?: boolean };

const loginWithPassword = ({ email }: TestAccount, password = validPassword) => signIn({ origin: newRequestMetadata() }, { email, password });

async function invitationToken({ superUser }: Setup, email: string) {
  await inviteAdministrator(superUser, { email, firstName: "Nora", lastName: "Falk", role: "observer", scope: "all" });
  return requireEmailToken(email, "invitation");
}

async function loginWithPasskey(owner: TestAccount) {
  const answer = (await newPasskeyDevice(owner)).get(await loginOptions());
  return signInWithPasskey({ origin: newRequestMetadata(), challengeSecret: null }, { answer: JSON.stringify(answer) });
}

const google = await fakeOAuthProvider();
beforeAll(() => configureGoogle(google.issuer));
afterAll(() => google.close());

const loginMethods: Record<string, LoginMethod> = {
  passkey: { login: ({ owner }) => loginWithPasskey(owner), multiFactor: true },
  password: { login: ({ owner }) => loginWithPassword(owner) },
  "reset, then password": {
    login: async ({ owner }) => {
      const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email: owner.email });
      await runQueuedJobs("account.recover", { request });
      const token = await latestEmailToken(owner.email, "reset-password");
      await resetPassword({ origin: newRequestMetadata() }, { token, password: "another-lantern-52-quiet" });
      return loginWithPassword(owner, "another-lantern-52-quiet");
    },
  },
  "invitation accepted by the owner of an account": {
    login: async (setup) => {
      const other = await newSuperUser();
      await acceptInvitation({ origin: newRequestMetadata(), signedIn: setup.owner }, { token: await invitationToken({ ...setup, superUser: other }, setup.owner.email) });
      return loginWithPassword(setup.owner);
    },
  },
  google: {
    login: async ({ owner }) => {
      const back = await googleFlows(google).backFromGoogle(await insertGoogleIdentity(owner));
      return signInWithGoogle({ origin: newRequestMetadata() }, back);
    },
  },
  "login created from an invitation": {
    createsAccount: true,
    login: async (setup) => {
      const email = newEmailAddress();
      await acceptInvitation({ origin: newRequestMetadata(), signedIn: null }, { token: await invitationToken(setup, email) });
      const token = await requireEmailToken(email, "invitation-accepted");
      const input = { token, firstName: "Nora", lastName: "Falk", phone: "", password: validPassword, terms: "true" } as const;
      return (await createLogin({ origin: newRequestMetadata() }, input)).loginResult;
    },
  },
};

async function newSetup(twoFactor: boolean, required: boolean): Promise<Setup> {
  const [owner, superUser] = [await newAccountWithPassword(twoFactor), await newSuperUser()];
  await newMember(superUser.org, "observer", "all", owner);
  await setTwoFactorRequired(superUser.org, required);
  return { owner, superUser };
}

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
    const setup = await newSetup(twoFactor, required);
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
    const setup = await newSetup(false, false);
    const { id: accountId } = setup.owner;
    await withAuthScope({ accountId }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, accountId)));
    await expect(login(setup)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("suspended") });
    expect(await withAuthScope({ accountId }, (tx) => tx.$count(sessions, eq(sessions.accountId, accountId)))).toBe(0);
  });
});

test("MFA-7: an existing session must complete the set-up while an organization requires it", async () => {
  const { owner, superUser } = await newSetup(false, false);
  const key = await newSession(owner);
  const pending = async () => outstandingSteps(await loadSession(key), passwordLifetimes());
  expect(await pending()).toEqual([]);
  await setTwoFactorRequired(superUser.org);
  expect(await pending()).toEqual(["two_factor"]);
  await setTwoFactorRequired(superUser.org, false);
  expect(await pending()).toEqual([]);
});
