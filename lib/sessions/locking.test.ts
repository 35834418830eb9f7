import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { accounts } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { acceptInvitation } from "@/lib/invitation-acceptance/commands";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { confirmEmailChange, requestEmailChange, resendEmailChange } from "@/lib/email-changes/commands";
import { reauthenticate } from "@/lib/reauthentication/commands";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { hashPassword } from "@/lib/passwords/hash";
import { removePasskey, signInWithPasskey } from "@/lib/passkeys/commands";
import { listPasskeys, loginOptions } from "@/lib/passkeys/queries";
import { changePassword, saveProfile } from "@/lib/profile/commands";
import { getProfile } from "@/lib/profile/queries";
import { signIn, updateLastSeen } from "@/lib/sessions/commands";
import { getAuthSession } from "@/lib/sessions/queries";
import { newPasskeyDevice } from "@/lib/testing/authenticator";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { newLoginChallenge, currentTotpCode, enrollTotp, submitCode } from "@/lib/testing/totp";
import { validPassword, newEmailAddress, newRequestMetadata, newAccountContext, logIn, openedSession, latestEmailToken, runQueuedJobs } from "@/lib/testing/sign-in";
import { connectAsOwner, newMember, newOrg, newAccount, newSuperUser, type TestAccount, countLockWaits } from "@/lib/testing/fixtures";
import { startTwoFactorSetup, disableTwoFactor, regenerateRecoveryCodes, completeTwoFactorSetup } from "@/lib/two-factor/commands";
import { getPendingTotpSecret } from "@/lib/two-factor/queries";

const passwordHash = await hashPassword(validPassword);
const otherHash = await hashPassword("granite-signal-18-fen");
const change = { currentPassword: validPassword, password: "amber-signal-93-quay" };
const profile = { firstName: "Ada", lastName: "Berg", macFormat: "dot", timeZone: "Europe/Berlin" } as const;
const agreed = { agreed: "true" } as const;
const newAccountWithPassword = () => newAccount({ passwordHash, analyticsAllowed: "no" });

type ConcurrencyCase = { start: (person: TestAccount) => Promise<Promise<unknown>[]>; refusals: string[] };

const concurrencyCases: Record<string, ConcurrencyCase> = {
  "a password change and two reauthentications in other browsers": {
    refusals: ["invalid", "unauthenticated"],
    async start(person) {
      const { version } = await getProfile(person.id);
      const [one, other, third] = [await newAccountContext(person), await newAccountContext(person), await newAccountContext(person)];
      const confirm = { password: validPassword };
      return [saveProfile(one, { ...profile, ...change, version }), reauthenticate(other, confirm), reauthenticate(third, confirm)];
    },
  },
  "a password change, an organization switch and a sign-in in other browsers": {
    refusals: [],
    async start(person) {
      const org = await newOrg();
      await newMember(org, "observer", "all", person);
      const [one, other] = [await newAccountContext(person), await newAccountContext(person)];
      return [changePassword(one, change), updateLastSeen(other, { orgId: org.id }), logIn(person)];
    },
  },
  "a password reset and three sign-ins": {
    refusals: ["invalid"],
    async start(person) {
      const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email });
      await runQueuedJobs("account.recover", { request });
      const token = await latestEmailToken(person.email, "reset-password");
      const enter = (password: string) => signIn({ origin: newRequestMetadata() }, { email: person.email, password });
      await expect(enter("wrong")).rejects.toMatchObject({ code: "invalid" });
      const reset = resetPassword({ origin: newRequestMetadata() }, { token, password: change.password });
      return [reset, enter(validPassword), enter(validPassword), logIn(person)];
    },
  },
  "an email change that is confirmed and requested again, and account deletion": {
    refusals: ["conflict", "unauthenticated"],
    async start(person) {
      const [who, wanted] = [await newAccountContext(person), newEmailAddress()];
      await requestEmailChange(who, { email: wanted });
      const token = await latestEmailToken(wanted, "confirm-email");
      const other = await newAccountContext(person);
      return [resendEmailChange(who, {}), confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token }), deleteAccount(other, agreed)];
    },
  },
  "a two-factor set-up that is completed and cancelled, and account deletion": {
    refusals: ["conflict", "unauthenticated"],
    async start(person) {
      const who = await newAccountContext(person);
      await startTwoFactorSetup(who, {});
      const { version } = await getProfile(person.id);
      const code = currentTotpCode((await getPendingTotpSecret(person.id)) ?? "");
      return [completeTwoFactorSetup(who, { code }), saveProfile(who, { ...profile, version }), deleteAccount(who, agreed)];
    },
  },
  "two-factor disabled with the same code that two browsers sign in with": {
    refusals: ["invalid"],
    async start(person) {
      const seed = await enrollTotp(person);
      const [who, secrets, code] = [await newAccountContext(person, "password", "code"), [await newLoginChallenge(person), await newLoginChallenge(person)], currentTotpCode(seed)];
      return [disableTwoFactor(who, { password: validPassword, code }), ...secrets.map((secret) => submitCode(secret, code))];
    },
  },
  "a passkey sign-in, its removal, and account deletion": {
    refusals: ["invalid", "not_found", "unauthenticated"],
    async start(person) {
      const device = await newPasskeyDevice(person);
      const [key] = await listPasskeys(person.id);
      const who = await newAccountContext(person);
      const answer = JSON.stringify(device.get(await loginOptions()));
      const enter = signInWithPasskey({ origin: newRequestMetadata(), challengeSecret: null }, { answer });
      return [removePasskey(who, { passkeyId: key?.id ?? "" }), enter, deleteAccount(who, agreed)];
    },
  },
  "accepting an invitation during account deletion": {
    refusals: ["conflict", "unauthenticated"],
    async start(person) {
      const superUser = await newSuperUser();
      await inviteAdministrator(superUser, { email: person.email, firstName: "Nell", lastName: "Ode", role: "observer", scope: "all" });
      const token = await requireEmailToken(person.email, "invitation");
      const leave = deleteAccount(await newAccountContext(person), agreed);
      return [leave, acceptInvitation({ origin: newRequestMetadata(), signedIn: person }, { token })];
    },
  },
};

/** "done", the error code, or the unexpected error itself. */
const outcomeOf = (settled: PromiseSettledResult<unknown>) =>
  settled.status === "fulfilled" ? "done" : String((settled.reason as { code?: string }).code ?? settled.reason);

describe("AUD-1, X-6: concurrent changes of one account are serialized without deadlocks or retries", { timeout: 180_000 }, () => {
  test.each(Object.entries(concurrencyCases))("%s", async (_name, { start, refusals }) => {
    for (const _ of Array.from({ length: 20 })) {
      const outcomes = await Promise.allSettled(await start(await newAccountWithPassword()));
      expect(["done", ...refusals]).toEqual(expect.arrayContaining(outcomes.map(outcomeOf)));
    }
  });
});

const passwordOperations: Record<string, (person: TestAccount) => Promise<() => Promise<unknown>>> = {
  "signing in": async ({ email }) => () => signIn({ origin: newRequestMetadata() }, { email, password: validPassword }),
  reauthentication: async (person) => {
    const who = await newAccountContext(person);
    return () => reauthenticate(who, { password: validPassword });
  },
  "changing the password": async (person) => {
    const who = await newAccountContext(person);
    return () => changePassword(who, change);
  },
  "disabling two-factor": async (person) => {
    const [seed, who] = [await enrollTotp(person), await newAccountContext(person, "password", "code")];
    return () => disableTwoFactor(who, { password: validPassword, code: currentTotpCode(seed) });
  },
  "generating recovery codes": async (person) => {
    const [seed, who] = [await enrollTotp(person), await newAccountContext(person, "password", "code")];
    return () => regenerateRecoveryCodes(who, { password: validPassword, code: currentTotpCode(seed) });
  },
};

test.each(Object.entries(passwordOperations))("AUT-4: %s fails when the password changes while it is being verified", async (_name, prepare) => {
  const person = await newAccountWithPassword();
  const start = await prepare(person);
  const owner = connectAsOwner();
  let outcome: Promise<unknown> = Promise.resolve();
  await withAuthScope({ accountId: person.id }, async (tx) => {
    await tx.update(accounts).set({ passwordHash: otherHash }).where(eq(accounts.id, person.id));
    let isSettled = false;
    outcome = start().then(() => "done", ({ code }) => code).finally(() => (isSettled = true));
    while (!isSettled && (await countLockWaits(owner)) === 0);
  });
  await owner.end();
  expect(["invalid", "conflict"]).toContain(await outcome);
});

test("MFA-6: a login that runs while two-factor is being enabled does not bypass it", async () => {
  const person = await newAccountWithPassword();
  const who = await newAccountContext(person);
  await startTwoFactorSetup(who, {});
  const code = currentTotpCode((await getPendingTotpSecret(person.id)) ?? "");
  const owner = connectAsOwner();
  let verified: Promise<unknown> = Promise.resolve();
  const login = await logIn(person, {
    methods: ["google"],
    async beforeCommit() {
      let isSettled = false;
      verified = completeTwoFactorSetup(who, { code }).finally(() => (isSettled = true));
      while (!isSettled && (await countLockWaits(owner)) === 0);
    },
  });
  await Promise.all([verified, owner.end()]);
  expect(await getAuthSession(openedSession(login))).toBeNull();
});
