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

/** A road into an account; `strong` ones are two factors by themselves, `newcomer` ones make the account. */
type Road = { walk: (world: World) => Promise<Entrance>; strong?: boolean; newcomer?: boolean };

const byPassword = ({ email }: Person, password = goodPassword) => signIn({ email, password }, { origin: newVisitor() });

async function invited({ boss }: World, email: string) {
  await inviteAdministrator(boss, { email, firstName: "Nora", lastName: "Falk", role: "observer", scope: "all" });
  return tokenFor(email, "invitation");
}

async function byPasskey(owner: Person) {
  const answer = (await deviceOf(owner)).get(await offerToEnter());
  return (await signInWithPasskey({ answer: JSON.stringify(answer) }, { origin: newVisitor(), begun: null }, { path: null })).entrance;
}

const google = await fakeGoogle();
beforeAll(() => configure(google.issuer));
afterAll(() => google.close());

const roads: Record<string, Road> = {
  passkey: { walk: ({ owner }) => byPasskey(owner), strong: true },
  password: { walk: ({ owner }) => byPassword(owner) },
  "reset, then password": {
    walk: async ({ owner }) => {
      const request = await requestReset({ email: owner.email }, newVisitor());
      await work("account.recover", { request });
      const token = await tokenMailed(owner.email, "reset-password");
      await resetPassword({ token, password: "another-lantern-52-quiet" }, newVisitor());
      return byPassword(owner, "another-lantern-52-quiet");
    },
  },
  "invitation accepted by the owner of an account": {
    walk: async (world) => {
      const other = await newSuperUser();
      await acceptInvitation({ purpose: "invite", token: await invited({ ...world, boss: other }, world.owner.email) }, world.owner, newVisitor());
      return byPassword(world.owner);
    },
  },
  google: {
    walk: async ({ owner }) => {
      const back = await roadsTo(google).backFromGoogle(await linkedBefore(owner));
      return (await signInWithGoogle(back, newVisitor())).entrance;
    },
  },
  "login created by invitation": {
    newcomer: true,
    walk: async (world) => {
      const email = newAddress();
      await acceptInvitation({ purpose: "invite", token: await invited(world, email) }, null, newVisitor());
      const token = await tokenFor(email, "invitation-accepted");
      const login = { token, firstName: "Nora", lastName: "Falk", phone: "", password: goodPassword, terms: "true" };
      return (await createLogin(login, newVisitor())).entrance;
    },
  },
};

async function newWorld(twoFactor: boolean, required: boolean): Promise<World> {
  const [owner, boss] = [await newOwner(twoFactor), await newSuperUser()];
  await newMember(boss.org, "observer", "all", owner);
  await requireTwoFactor(boss.org, required);
  return { owner, boss };
}

async function arrivalOf({ kind, secret, accountId }: Entrance): Promise<string> {
  if (kind === "challenge") return "asked for a code";
  const opened = await openSession(secret, newVisitor());
  if (!opened) return "turned away";
  const who = await presentAt({ accountId, sessionId: opened.sessionId, secretHash: hashSecret(opened.secret) });
  const [due] = duesOf(who, passwordPeriods());
  return due ? `led to ${due}` : "signed in";
}

const policies = [
  { twoFactor: false, required: false, arrival: "signed in" },
  { twoFactor: false, required: true, arrival: "led to two_factor" },
  { twoFactor: true, required: false, arrival: "asked for a code" },
  { twoFactor: true, required: true, arrival: "asked for a code" },
];

const table = Object.entries(roads).flatMap(([name, road]) =>
  policies
    .filter(({ twoFactor }) => !(road.newcomer && twoFactor))
    .map(({ arrival, ...policy }) => ({ name, road, ...policy, arrival: policy.twoFactor && road.strong ? "signed in" : arrival })),
);

describe("MFA-6: every road meets the second factor", () => {
  test.each(table)("$name, authenticator $twoFactor, required $required: $arrival", async ({ road, twoFactor, required, arrival }) => {
    const world = await newWorld(twoFactor, required);
    const entrance = await road.walk(world);
    expect(await arrivalOf(entrance)).toBe(arrival);
    if (entrance.kind === "ticket") return;
    const passed = await passSecondFactor({ code: codeNow(world.owner.seed) }, entrance.secret, newVisitor());
    expect(passed && (await arrivalOf(passed.entrance))).toBe("signed in");
  });
});

const old = Object.entries(roads).filter(([, { newcomer }]) => !newcomer);

describe("PWD-3, MFA-6: no road leads into a suspended account", () => {
  test.each(old)("%s", async (_name, { walk }) => {
    const world = await newWorld(false, false);
    const { id: accountId } = world.owner;
    await asVisitor({ accountId }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, accountId)));
    await expect(walk(world)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("suspended") });
    expect(await asVisitor({ accountId }, (tx) => tx.$count(sessions, eq(sessions.accountId, accountId)))).toBe(0);
  });
});

test("MFA-7: an open session owes the set-up from the moment an organization requires it, and no longer once it does not", async () => {
  const { owner, boss } = await newWorld(false, false);
  const key = await sessionOf(owner);
  const owed = async () => duesOf(await presentAt(key), passwordPeriods());
  expect(await owed()).toEqual([]);
  await requireTwoFactor(boss.org);
  expect(await owed()).toEqual(["two_factor"]);
  await requireTwoFactor(boss.org, false);
  expect(await owed()).toEqual([]);
});
