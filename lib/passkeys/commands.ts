import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accounts, authChallenges, passkeys } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { sendSecurityNotice } from "@/lib/accounts/internal";
import { authChallengeBySecret, consumeAuthChallenge } from "@/lib/auth-challenges/internal";
import { recordAccountEvent } from "@/lib/kernel/account-events";
import { lockAccount } from "@/lib/kernel/lock-account";
import { accountCommand, type AccountContext } from "@/lib/kernel/account-command";
import { publicCommand } from "@/lib/kernel/public-command";
import { RejectAfterCommit } from "@/lib/kernel/reject-after-commit";
import { hashSecret } from "@/lib/kernel/secrets";
import {
  accountIdFromHandle,
  type ChallengePurpose,
  challengeFromClientData,
  verifyRegistration,
  verifyAuthentication,
  isCounterValid,
  verifyChallenge,
  maxPasskeys,
} from "@/lib/passkeys/rules";
import { AddPasskey, type RegistrationAnswer, RemovePasskey, RenamePasskey, type AuthenticationAnswer, SignInWithPasskey, UsePasskey } from "@/lib/passkeys/schema";
import { type LoginContext, type LoginResult, completePrimaryAuth, recordSuspendedLogin, enqueueFailedLogin, rotateSessionSecret, type SessionToken } from "@/lib/sessions/internal";
import { accountNameColumns } from "@/lib/accounts/queries";
import { resetLimit, refundLimit, consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";
import type { AuthMethod } from "@/lib/shared/login-flow";
import { AppError, notFoundError } from "@/lib/shared/app-error";

const registrationFailed = () => new AppError("invalid", "The passkey couldn’t be added. Try again, or use another device");
const loginFailed = "No account here has this passkey. Sign in with your password, or use another passkey";
const reauthenticationFailed = "This passkey isn’t yours, or it wasn’t unlocked. Use another one, or your password";
const unknownPasskey = (message: string) => new AppError("invalid", message, { passkey: ["This passkey isn’t registered here"] });
const challengeExpired = () => new AppError("invalid", "That took too long, or was sent twice. Try again");
const tooManyPasskeys = () => new AppError("conflict", `An account can have at most ${maxPasskeys} passkeys. Remove one that you no longer use`);

/** Registers a passkey and notifies the owner by email; no session ends. */
export const addPasskey = accountCommand({
  input: AddPasskey,
  prepare: verifyNewPasskey,
  async run({ tx, self, prepared, record }, { name, answer }) {
    const accountId = self.account.id;
    if (!(await consumeChallenge(tx, challengeFromClientData(answer), accountId))) throw challengeExpired();
    if ((await tx.$count(passkeys, eq(passkeys.accountId, accountId))) >= maxPasskeys) throw tooManyPasskeys();
    await tx.insert(passkeys).values({ ...prepared, accountId, name, transports: answer.response.transports });
    await record("passkey.added", { note: name, after: { name, synced: prepared.backedUp } });
    await notifyOwner(tx, self, `The passkey “${name}” was added to your account`, "remove the passkey at once");
  },
});

async function verifyNewPasskey({ account, sessionId }: AccountContext, { answer }: { answer: RegistrationAnswer }) {
  const purpose: ChallengePurpose = { kind: "registration", accountId: account.id, sessionId };
  const verdict = verifyChallenge(challengeFromClientData(answer), purpose);
  if (verdict === "expired") throw challengeExpired();
  const credential = verdict === "valid" ? await verifyRegistration(answer, (challenge) => verifyChallenge(challenge, purpose) === "valid") : null;
  if (!credential) throw registrationFailed();
  return credential;
}

/** Renames a passkey of the account. */
export const renamePasskey = accountCommand({
  input: RenamePasskey,
  async run({ tx, self, record }, { passkeyId, name }) {
    const own = and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, self.account.id));
    const [before] = await tx.select({ name: passkeys.name }).from(passkeys).where(own).for("update");
    if (!before) throw notFoundError("Passkey");
    await tx.update(passkeys).set({ name }).where(own);
    await record("passkey.renamed", { note: before.name, before: { name: before.name }, after: { name } });
  },
});

/** Removes a passkey from the account and notifies the owner; existing sessions continue. */
export const removePasskey = accountCommand({
  input: RemovePasskey,
  async run({ tx, self, record }, { passkeyId }) {
    const own = and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, self.account.id));
    const [removed] = await tx.delete(passkeys).where(own).returning({ name: passkeys.name });
    if (!removed) throw notFoundError("Passkey");
    await record("passkey.removed", { note: removed.name, before: { name: removed.name } });
    await notifyOwner(tx, self, `The passkey “${removed.name}” was removed from your account`, "look through your account");
  },
});

const notifyOwner = (tx: Tx, { account, origin }: AccountContext, what: string, first: string) =>
  sendSecurityNotice(tx, account.email, what, origin, `${first}, then choose a new password. That signs out everyone else`);

/** Marks a challenge as used; only one of several concurrent answers succeeds. */
async function consumeChallenge(tx: Tx, challenge: string, accountId: string): Promise<boolean> {
  const inserted = await tx
    .insert(authChallenges)
    .values({
      purpose: "passkey",
      accountId,
      secretHash: hashSecret(challenge),
      expiresAt: sql`now() + interval '5 minutes'`,
      consumedAt: sql`now()`,
    })
    .onConflictDoNothing({ target: authChallenges.secretHash })
    .returning({ id: authChallenges.id });
  return inserted.length > 0;
}

/** Request metadata, and the secret of a sign-in that waits for its second factor, if there is one. */
export type PasskeyLoginContext = LoginContext & { challengeSecret: string | null };

/**
 * Signs in with a passkey, alone or as the second factor of a pending sign-in. All refusals have the same message; only
 * an unknown passkey is reported to its browser.
 */
export const signInWithPasskey = publicCommand({
  input: SignInWithPasskey,
  limits: ({ origin }) => passkeyLimits(ipNetwork(origin.ipAddress)),
  prepare: verifyPresentedPasskey,
  scope: (_context, _input, { stored, pendingHash }) => ({ accountId: stored.accountId, tokenHash: pendingHash }),
  async run({ tx, prepared: { answer, stored, proof }, ...operation }): Promise<LoginResult | RejectAfterCommit> {
    const { context: { origin, challengeSecret }, record, nothingChanged } = operation;
    const { accountId } = stored;
    nothingChanged();
    if (!(await lockAccount(tx, accountId, "no key update"))) return new RejectAfterCommit(new AppError("invalid", loginFailed));
    if (!(await consumeChallenge(tx, challengeFromClientData(answer), accountId))) throw challengeExpired();
    const rejection = await recordUse(tx, stored, proof);
    if (rejection) {
      const [person] = await tx.select(accountNameColumns).from(accounts).where(eq(accounts.id, accountId));
      if (person) await record(person, "session.refused", { note: rejection });
      return new RejectAfterCommit(new AppError("invalid", loginFailed));
    }
    await refundLimit(tx, "passkey_network", ipNetwork(origin.ipAddress));
    const pending = challengeSecret ? await finishPendingLogin(tx, challengeSecret, accountId) : null;
    const methods: AuthMethod[] = [...(pending?.methods ?? []), "passkey"];
    return completePrimaryAuth(tx, operation, accountId, methods);
  },
  onError: (error, { origin }, { stored }) => recordSuspendedLogin(stored.accountId, origin)(error),
});

const passkeyLimits = (network: string) => [["passkey_network", network], ["sign_in_network_total", network]] as const;

/** Finds and verifies the presented passkey; a failure is recorded for the account, if there is one. */
async function verifyPresentedPasskey({ origin, challengeSecret }: PasskeyLoginContext, { answer }: { answer: AuthenticationAnswer | null }) {
  const stored = answer ? await findPresentedPasskey(answer, challengeSecret) : undefined;
  const proof = answer && stored && (await verifyProof(answer, stored, [{ kind: "login" }, { kind: "login", accountId: stored.accountId }]));
  if (!answer || !stored || !proof) {
    await withAuthScope({}, (tx) => enqueueFailedLogin(tx, stored?.accountId ?? v7(), origin));
    throw stored === null ? unknownPasskey(loginFailed) : new AppError("invalid", loginFailed);
  }
  if (proof === "expired") throw challengeExpired();
  return { answer, stored, proof, pendingHash: challengeSecret ? hashSecret(challengeSecret) : undefined };
}

/** Reauthenticates the session with a passkey and rotates its secret; failures share the limit of wrong passwords. */
export const reauthenticateWithPasskey = accountCommand({
  input: UsePasskey,
  prepare: verifyOwnPasskey,
  async run({ tx, self, prepared: { stored, proof }, record }, { answer }): Promise<SessionToken | RejectAfterCommit> {
    if (!(await consumeChallenge(tx, challengeFromClientData(answer), self.account.id))) throw challengeExpired();
    const rejection = await recordUse(tx, stored, proof);
    if (rejection) {
      await record("session.refused", { note: rejection });
      return new RejectAfterCommit(new AppError("invalid", reauthenticationFailed));
    }
    await resetLimit(tx, "reauthentication", self.account.id);
    const token = await rotateSessionSecret(tx, self, { reauthenticatedAt: sql`now()` });
    await record("session.confirmed", { note: "with a passkey" });
    return token;
  },
});

async function verifyOwnPasskey({ account, sessionId, origin }: AccountContext, { answer }: { answer: AuthenticationAnswer }) {
  const own = { accountId: account.id };
  await withAuthScope(own, (tx) => consumeLimit(tx, "reauthentication", account.id));
  const { userHandle } = answer.response;
  const isForeign = Boolean(userHandle) && accountIdFromHandle(userHandle) !== account.id;
  const stored = isForeign ? undefined : await findPasskey(answer, account.id);
  const proof = stored && (await verifyProof(answer, stored, [{ kind: "reauthentication", accountId: account.id, sessionId }]));
  if (proof === "expired") throw challengeExpired();
  if (stored && proof) return { stored, proof };
  await withAuthScope(own, (tx) => recordAccountEvent(tx, account, origin, "session.refused", { note: "wrong passkey while signed in" }));
  throw stored === null ? unknownPasskey(reauthenticationFailed) : new AppError("invalid", reauthenticationFailed);
}

type StoredPasskey = { id: string; accountId: string; publicKey: Uint8Array };

/** Finds the passkey of a signature in the given account; null when it is not stored. */
async function findPasskey(answer: AuthenticationAnswer, accountId: string): Promise<StoredPasskey | null> {
  const { id, publicKey } = passkeys;
  const same = and(eq(passkeys.accountId, accountId), eq(passkeys.credentialId, Buffer.from(answer.id, "base64url")));
  const [stored] = await withAuthScope({ accountId }, (tx) => tx.select({ id, publicKey }).from(passkeys).where(same));
  return stored ? { ...stored, accountId } : null;
}

/** Finds the passkey presented at sign-in; undefined when neither it nor a pending sign-in names an account. */
async function findPresentedPasskey(answer: AuthenticationAnswer, challengeSecret: string | null): Promise<StoredPasskey | null | undefined> {
  const { userHandle } = answer.response;
  const accountId = userHandle ? accountIdFromHandle(userHandle) : await accountOfPendingLogin(challengeSecret);
  return accountId ? findPasskey(answer, accountId) : undefined;
}

// Authenticators may omit the user handle when `allowCredentials` was given.
async function accountOfPendingLogin(challengeSecret: string | null): Promise<string | null> {
  if (!challengeSecret) return null;
  const pending = await withAuthScope({ tokenHash: hashSecret(challengeSecret) }, (tx) => authChallengeBySecret(tx, "second_factor", challengeSecret));
  return pending?.accountId ?? null;
}

type Proof = { counter: number; backedUp: boolean };

async function verifyProof(answer: AuthenticationAnswer, { publicKey }: StoredPasskey, purposes: ChallengePurpose[]): Promise<Proof | "expired" | null> {
  const verify = (challenge: string) =>
    purposes.map((purpose) => verifyChallenge(challenge, purpose)).find((verdict) => verdict !== "invalid") ?? "invalid";
  if (verify(challengeFromClientData(answer)) === "expired") return "expired";
  return verifyAuthentication(answer, publicKey, (challenge) => verify(challenge) === "valid");
}

/** Updates counter and last use; returns a note for the log when the passkey was removed or its counter did not increase. */
async function recordUse(tx: Tx, { id }: StoredPasskey, { counter, backedUp }: Proof): Promise<string | null> {
  const same = eq(passkeys.id, id);
  const [row] = await tx.select({ name: passkeys.name, counter: passkeys.counter }).from(passkeys).where(same).for("update");
  if (!row) return "the passkey was removed meanwhile";
  if (!isCounterValid(row.counter, counter)) return `the passkey ${row.name} did not count on, so there may be a copy of it`;
  await tx.update(passkeys).set({ counter, backedUp, lastUsedAt: sql`now()` }).where(same);
  return null;
}

/** Consumes the pending sign-in of this account; null when it expired or belongs to another account. */
async function finishPendingLogin(tx: Tx, challengeSecret: string, accountId: string) {
  const pending = await authChallengeBySecret(tx, "second_factor", challengeSecret);
  return pending?.accountId === accountId ? consumeAuthChallenge(tx, "second_factor", challengeSecret) : null;
}
