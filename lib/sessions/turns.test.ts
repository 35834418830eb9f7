import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { acceptInvitation } from "@/lib/acceptances/commands";
import { requestReset, resetPassword } from "@/lib/accounts/commands";
import { confirmAddress, requestAddress, requestAddressAgain } from "@/lib/addresses/commands";
import { confirmIdentity } from "@/lib/confirmations/commands";
import { deleteAccount } from "@/lib/departures/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { hashPassword } from "@/lib/passwords/hash";
import { removePasskey, signInWithPasskey } from "@/lib/passkeys/commands";
import { listPasskeys, offerToEnter } from "@/lib/passkeys/queries";
import { changePassword, saveProfile } from "@/lib/profiles/commands";
import { getProfile } from "@/lib/profiles/queries";
import { finishLogin, openSession, signIn, touchSession } from "@/lib/sessions/commands";
import { deviceOf } from "@/lib/testing/authenticator";
import { tokenFor } from "@/lib/testing/invited";
import { challengeFor, codeNow, giveTwoFactor } from "@/lib/testing/two-factor";
import { goodPassword, newAddress, newVisitor, signedInAs, ticketFor, tokenMailed, work } from "@/lib/testing/visitors";
import { asOwner, newMember, newOrg, newPerson, newSuperUser, type Person, waitingForLocks } from "@/lib/testing/world";
import { beginTwoFactor, disableTwoFactor, passSecondFactor, renewRecoveryCodes, verifyTwoFactor } from "@/lib/two-factor/commands";
import { pendingSeed } from "@/lib/two-factor/queries";

const passwordHash = await hashPassword(goodPassword);
const otherHash = await hashPassword("granite-signal-18-fen");
const change = { currentPassword: goodPassword, password: "amber-signal-93-quay" };
const profile = { firstName: "Ada", lastName: "Berg", macFormat: "dot", timeZone: "Europe/Berlin" };
const agreed = { agreed: "true" };
const newHolder = () => newPerson({ passwordHash, analyticsAllowed: "no" });

type ConcurrencyCase = { start: (person: Person) => Promise<Promise<unknown>[]>; refusals: string[] };

const concurrencyCases: Record<string, ConcurrencyCase> = {
  "a password change and two reauthentications in other browsers": {
    refusals: ["invalid", "unauthenticated"],
    async start(person) {
      const { version } = await getProfile(person.id);
      const [one, other, third] = [await signedInAs(person), await signedInAs(person), await signedInAs(person)];
      const confirm = { password: goodPassword };
      return [saveProfile(one, { ...profile, ...change, version }), confirmIdentity(other, confirm), confirmIdentity(third, confirm)];
    },
  },
  "a password change, an organization switch and a sign-in in other browsers": {
    refusals: [],
    async start(person) {
      const org = await newOrg();
      await newMember(org, "observer", "all", person);
      const [one, other, ticket] = [await signedInAs(person), await signedInAs(person), await ticketFor(person)];
      return [changePassword(one, change), touchSession(other, org.id, newVisitor()), openSession(ticket, newVisitor())];
    },
  },
  "a password reset and three sign-ins": {
    refusals: ["invalid"],
    async start(person) {
      const request = await requestReset({ email: person.email }, newVisitor());
      await work("account.recover", { request });
      const [token, ticket] = [await tokenMailed(person.email, "reset-password"), await ticketFor(person)];
      const enter = (password: string) => signIn({ email: person.email, password }, { origin: newVisitor() });
      await expect(enter("wrong")).rejects.toMatchObject({ code: "invalid" });
      const reset = resetPassword({ token, password: change.password }, newVisitor());
      return [reset, enter(goodPassword), enter(goodPassword), openSession(ticket, newVisitor())];
    },
  },
  "an email change that is confirmed and requested again, and account deletion": {
    refusals: ["conflict", "unauthenticated"],
    async start(person) {
      const [who, wanted] = [await signedInAs(person), newAddress()];
      await requestAddress(who, { email: wanted });
      const token = await tokenMailed(wanted, "confirm-email");
      const other = await signedInAs(person);
      return [requestAddressAgain(who, {}), confirmAddress({ token }, newVisitor(), who), deleteAccount(other, agreed)];
    },
  },
  "a two-factor set-up that is completed and cancelled, and account deletion": {
    refusals: ["conflict", "unauthenticated"],
    async start(person) {
      const who = await signedInAs(person);
      await beginTwoFactor(who, {});
      const { version } = await getProfile(person.id);
      const code = codeNow((await pendingSeed(person.id)) ?? "");
      return [verifyTwoFactor(who, { code }), saveProfile(who, { ...profile, version }), deleteAccount(who, agreed)];
    },
  },
  "two-factor disabled with the same code that two browsers sign in with": {
    refusals: ["invalid"],
    async start(person) {
      const seed = await giveTwoFactor(person);
      const [who, secrets, code] = [await signedInAs(person, "password", "code"), [await challengeFor(person), await challengeFor(person)], codeNow(seed)];
      return [disableTwoFactor(who, { password: goodPassword, code }), ...secrets.map((secret) => passSecondFactor({ code }, secret, newVisitor()))];
    },
  },
  "a passkey sign-in, its removal, and account deletion": {
    refusals: ["invalid", "not_found", "unauthenticated"],
    async start(person) {
      const device = await deviceOf(person);
      const [key] = await listPasskeys(person.id);
      const who = await signedInAs(person);
      const answer = JSON.stringify(device.get(await offerToEnter()));
      const enter = signInWithPasskey({ answer }, { origin: newVisitor(), challengeSecret: null }, { path: null });
      return [removePasskey(who, { passkeyId: key?.id }), enter, deleteAccount(who, agreed)];
    },
  },
  "accepting an invitation during account deletion": {
    refusals: ["conflict", "unauthenticated"],
    async start(person) {
      const boss = await newSuperUser();
      await inviteAdministrator(boss, { email: person.email, firstName: "Nell", lastName: "Ode", role: "observer", scope: "all" });
      const token = await tokenFor(person.email, "invitation");
      const leave = deleteAccount(await signedInAs(person), agreed);
      return [leave, acceptInvitation({ purpose: "invite", token }, person, newVisitor())];
    },
  },
};

/** "done", the error code, or the unexpected error itself. */
const outcomeOf = (settled: PromiseSettledResult<unknown>) =>
  settled.status === "fulfilled" ? "done" : String((settled.reason as { code?: string }).code ?? settled.reason);

describe("AUD-1, X-6: concurrent changes of one account are serialized without deadlocks or retries", { timeout: 180_000 }, () => {
  test.each(Object.entries(concurrencyCases))("%s", async (_name, { start, refusals }) => {
    for (const _ of Array.from({ length: 20 })) {
      const outcomes = await Promise.allSettled(await start(await newHolder()));
      expect(["done", ...refusals]).toEqual(expect.arrayContaining(outcomes.map(outcomeOf)));
    }
  });
});

const passwordOperations: Record<string, (person: Person) => Promise<() => Promise<unknown>>> = {
  "signing in": async ({ email }) => () => signIn({ email, password: goodPassword }, { origin: newVisitor() }),
  reauthentication: async (person) => {
    const who = await signedInAs(person);
    return () => confirmIdentity(who, { password: goodPassword });
  },
  "changing the password": async (person) => {
    const who = await signedInAs(person);
    return () => changePassword(who, change);
  },
  "disabling two-factor": async (person) => {
    const [seed, who] = [await giveTwoFactor(person), await signedInAs(person, "password", "code")];
    return () => disableTwoFactor(who, { password: goodPassword, code: codeNow(seed) });
  },
  "generating recovery codes": async (person) => {
    const [seed, who] = [await giveTwoFactor(person), await signedInAs(person, "password", "code")];
    return () => renewRecoveryCodes(who, { password: goodPassword, code: codeNow(seed) });
  },
};

test.each(Object.entries(passwordOperations))("AUT-4: %s fails when the password changes while it is being verified", async (_name, prepare) => {
  const person = await newHolder();
  const start = await prepare(person);
  const owner = asOwner();
  let outcome: Promise<unknown> = Promise.resolve();
  await asVisitor({ accountId: person.id }, async (tx) => {
    await tx.update(accounts).set({ passwordHash: otherHash }).where(eq(accounts.id, person.id));
    let isSettled = false;
    outcome = start().then(() => "done", ({ code }) => code).finally(() => (isSettled = true));
    while (!isSettled && (await waitingForLocks(owner)) === 0);
  });
  await owner.end();
  expect(["invalid", "conflict"]).toContain(await outcome);
});

test("MFA-6: a login that runs while two-factor is being enabled does not bypass it", async () => {
  const person = await newHolder();
  const who = await signedInAs(person);
  await beginTwoFactor(who, {});
  const code = codeNow((await pendingSeed(person.id)) ?? "");
  const owner = asOwner();
  let verified: Promise<unknown> = Promise.resolve();
  const { secret } = await asVisitor({ accountId: person.id }, async (tx) => {
    const loginResult = await finishLogin(tx, person.id, ["google"]);
    let isSettled = false;
    verified = verifyTwoFactor(who, { code }).finally(() => (isSettled = true));
    while (!isSettled && (await waitingForLocks(owner)) === 0);
    return loginResult;
  });
  await Promise.all([verified, owner.end()]);
  expect(await openSession(secret, newVisitor())).toBeNull();
});
