import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { acceptInvitation, createLogin } from "@/lib/acceptances/commands";
import { requestReset, resetPassword } from "@/lib/accounts/commands";
import { passwordPeriods } from "@/lib/env";
import { signInWithGoogle } from "@/lib/identities/commands";
import { fakeGoogle } from "@/lib/integrations/fake-google";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { hashSecret } from "@/lib/kernel/secret";
import { signInWithPasskey } from "@/lib/passkeys/commands";
import { offerToEnter } from "@/lib/passkeys/queries";
import { type Entrance, openSession, signIn } from "@/lib/sessions/commands";
import { duesOf } from "@/lib/sessions/rules";
import { deviceOf } from "@/lib/testing/authenticator";
import { configure, linkedBefore, roadsTo } from "@/lib/testing/google";
import { tokenFor } from "@/lib/testing/invited";
import { codeNow, newOwner, requireTwoFactor } from "@/lib/testing/two-factor";
import { goodPassword, newAddress, newVisitor, presentAt, sessionOf, tokenMailed, work } from "@/lib/testing/visitors";
import { newMember, newSuperUser, type Person } from "@/lib/testing/world";
import { passSecondFactor } from "@/lib/two-factor/commands";

type Owner = Person & { seed: string };
type World = { owner: Owner; boss: Awaited<ReturnType<typeof newSuperUser>> };

/** A login method; `multiFactor` ones need no second factor, `createsAccount` ones create the account. */
type LoginMethod = { login: (world: World) => Promise<Entrance>; multiFactor?: boolean; createsAccount?: boolean };

const loginWithPassword = ({ email }: Person, password = goodPassword) => signIn({ email, password }, { origin: newVisitor() });

async function invitationToken({ boss }: World, email: string) {
  await inviteAdministrator(boss, { email, firstName: "Nora", lastName: "Falk", role: "observer", scope: "all" });
  return tokenFor(email, "invitation");
}

async function loginWithPasskey(owner: Person) {
  const answer = (await deviceOf(owner)).get(await offerToEnter());
  return (await signInWithPasskey({ answer: JSON.stringify(answer) }, { origin: newVisitor(), challengeSecret: null }, { path: null })).loginResult;
}

const google = await fakeGoogle();
beforeAll(() => configure(google.issuer));
afterAll(() => google.close());

const loginMethods: Record<string, LoginMethod> = {
  passkey: { login: ({ owner }) => loginWithPasskey(owner), multiFactor: true },
  password: { login: ({ owner }) => loginWithPassword(owner) },
  "reset, then password": {
    login: async ({ owner }) => {
      const request = await requestReset({ email: owner.email }, newVisitor());
      await work("account.recover", { request });
      const token = await tokenMailed(owner.email, "reset-password");
      await resetPassword({ token, password: "another-lantern-52-quiet" }, newVisitor());
      return loginWithPassword(owner, "another-lantern-52-quiet");
    },
  },
  "invitation accepted by the owner of an account": {
    login: async (world) => {
      const other = await newSuperUser();
      await acceptInvitation({ purpose: "invite", token: await invitationToken({ ...world, boss: other }, world.owner.email) }, world.owner, newVisitor());
      return loginWithPassword(world.owner);
    },
  },
  google: {
    login: async ({ owner }) => {
      const back = await roadsTo(google).backFromGoogle(await linkedBefore(owner));
      return (await signInWithGoogle(back, newVisitor())).loginResult;
    },
  },
  "login created from an invitation": {
    createsAccount: true,
    login: async (world) => {
      const email = newAddress();
      await acceptInvitation({ purpose: "invite", token: await invitationToken(world, email) }, null, newVisitor());
      const token = await tokenFor(email, "invitation-accepted");
      const input = { token, firstName: "Nora", lastName: "Falk", phone: "", password: goodPassword, terms: "true" };
      return (await createLogin(input, newVisitor())).loginResult;
    },
  },
};

async function newWorld(twoFactor: boolean, required: boolean): Promise<World> {
  const [owner, boss] = [await newOwner(twoFactor), await newSuperUser()];
  await newMember(boss.org, "observer", "all", owner);
  await requireTwoFactor(boss.org, required);
  return { owner, boss };
}

async function outcomeOf({ kind, secret, accountId }: Entrance): Promise<string> {
  if (kind === "challenge") return "asked for a code";
  const opened = await openSession(secret, newVisitor());
  if (!opened) return "refused";
  const who = await presentAt({ accountId, sessionId: opened.sessionId, secretHash: hashSecret(opened.secret) });
  const [step] = duesOf(who, passwordPeriods());
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
    const world = await newWorld(twoFactor, required);
    const loginResult = await method.login(world);
    expect(await outcomeOf(loginResult)).toBe(outcome);
    if (loginResult.kind === "ticket") return;
    const passed = await passSecondFactor({ code: codeNow(world.owner.seed) }, loginResult.secret, newVisitor());
    expect(passed && (await outcomeOf(passed.loginResult))).toBe("signed in");
  });
});

const existingAccountMethods = Object.entries(loginMethods).filter(([, { createsAccount }]) => !createsAccount);

describe("PWD-3, MFA-6: no login method signs in to a suspended account", () => {
  test.each(existingAccountMethods)("%s", async (_name, { login }) => {
    const world = await newWorld(false, false);
    const { id: accountId } = world.owner;
    await asVisitor({ accountId }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, accountId)));
    await expect(login(world)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("suspended") });
    expect(await asVisitor({ accountId }, (tx) => tx.$count(sessions, eq(sessions.accountId, accountId)))).toBe(0);
  });
});

test("MFA-7: an existing session must complete the set-up while an organization requires it", async () => {
  const { owner, boss } = await newWorld(false, false);
  const key = await sessionOf(owner);
  const pending = async () => duesOf(await presentAt(key), passwordPeriods());
  expect(await pending()).toEqual([]);
  await requireTwoFactor(boss.org);
  expect(await pending()).toEqual(["two_factor"]);
  await requireTwoFactor(boss.org, false);
  expect(await pending()).toEqual([]);
});
