import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accounts, challenges, passkeys } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { tellOwner } from "@/lib/accounts/commands";
import { challengeOf, finishChallenge } from "@/lib/challenges/commands";
import { recordEverywhere } from "@/lib/kernel/history";
import { holdAccount } from "@/lib/kernel/hold";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { hashSecret } from "@/lib/kernel/secret";
import {
  accountIn,
  type Asked,
  challengeIn,
  checkNewKey,
  checkSignature,
  countsOn,
  judgeChallenge,
  mostPasskeys,
} from "@/lib/passkeys/rules";
import { AddPasskey, type NewKey, RemovePasskey, RenamePasskey, type Signature, UsePasskey } from "@/lib/passkeys/schema";
import { type Entrance, finishLogin, noteSuspended, personColumns, refuse, renewKey, type SessionToken } from "@/lib/sessions/commands";
import { forgive, giveBack, reserve } from "@/lib/throttles/commands";
import { networkOf } from "@/lib/throttles/rules";
import type { Method, Wanted } from "@/lib/vocabulary/entrance";
import { Fault, notFound } from "@/lib/vocabulary/fault";

const registrationFailed = () => new Fault("invalid", "The passkey could not be added. Try again, or use another device");
const loginFailed = "This passkey does not open an account here. Sign in with your password, or use another passkey";
const reauthenticationFailed = "This is not a passkey of your account, or it was not unlocked. Use another one, or your password";
const unknownPasskey = (message: string) => new Fault("invalid", message, { passkey: ["This passkey is not kept here"] });
const challengeExpired = () => new Fault("invalid", "That took too long, or was sent twice. Try again");
const tooManyPasskeys = () => new Fault("conflict", `An account has at most ${mostPasskeys} passkeys. Remove one that you no longer use`);

/** Registers a passkey and notifies the owner by email; no session ends. */
export const addPasskey = ownCommand({
  input: AddPasskey,
  prepare: verifyNewPasskey,
  async run({ tx, self, prepared, record }, { name, answer }) {
    const accountId = self.account.id;
    if (!(await consumeChallenge(tx, challengeIn(answer), accountId))) throw challengeExpired();
    if ((await tx.$count(passkeys, eq(passkeys.accountId, accountId))) >= mostPasskeys) throw tooManyPasskeys();
    await tx.insert(passkeys).values({ ...prepared, accountId, name, transports: answer.response.transports });
    await record("passkey.added", { note: name, after: { name, synced: prepared.backedUp } });
    await notifyOwner(tx, self, `The passkey “${name}” was added to your account`, "remove the passkey at once");
  },
});

async function verifyNewPasskey({ account, sessionId }: Self, { answer }: { answer: NewKey }) {
  const purpose: Asked = { kind: "registration", accountId: account.id, sessionId };
  const verdict = judgeChallenge(challengeIn(answer), purpose);
  if (verdict === "expired") throw challengeExpired();
  const credential = verdict === "valid" ? await checkNewKey(answer, (challenge) => judgeChallenge(challenge, purpose) === "valid") : null;
  if (!credential) throw registrationFailed();
  return credential;
}

/** Renames a passkey of the account. */
export const renamePasskey = ownCommand({
  input: RenamePasskey,
  async run({ tx, self, record }, { passkeyId, name }) {
    const own = and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, self.account.id));
    const [before] = await tx.select({ name: passkeys.name }).from(passkeys).where(own).for("update");
    if (!before) throw notFound("Passkey");
    await tx.update(passkeys).set({ name }).where(own);
    await record("passkey.renamed", { note: before.name, before: { name: before.name }, after: { name } });
  },
});

/** Removes a passkey from the account and notifies the owner; existing sessions continue. */
export const removePasskey = ownCommand({
  input: RemovePasskey,
  async run({ tx, self, record }, { passkeyId }) {
    const own = and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, self.account.id));
    const [removed] = await tx.delete(passkeys).where(own).returning({ name: passkeys.name });
    if (!removed) throw notFound("Passkey");
    await record("passkey.removed", { note: removed.name, before: { name: removed.name } });
    await notifyOwner(tx, self, `The passkey “${removed.name}” was removed from your account`, "look through your account");
  },
});

const notifyOwner = (tx: Tx, { account, origin }: Self, what: string, first: string) =>
  tellOwner(tx, account.email, what, origin, `${first}, then choose a new password; that signs out everybody else`);

/** Marks a challenge as used; only one of several concurrent answers succeeds. */
async function consumeChallenge(tx: Tx, challenge: string, accountId: string): Promise<boolean> {
  const inserted = await tx
    .insert(challenges)
    .values({
      purpose: "passkey",
      accountId,
      secretHash: hashSecret(challenge),
      expiresAt: sql`now() + interval '5 minutes'`,
      consumedAt: sql`now()`,
    })
    .onConflictDoNothing({ target: challenges.secretHash })
    .returning({ id: challenges.id });
  return inserted.length > 0;
}

/** Request metadata, and the secret of a sign-in that waits for its second factor, if there is one. */
export type Visit = { origin: Origin; challengeSecret: string | null };

type PasskeyLogin = { loginResult: Entrance; returnTo: Wanted };

/**
 * Signs in with a passkey, alone or as the second factor of a pending sign-in. All refusals have the same message; only
 * an unknown passkey is reported to its browser.
 */
export async function signInWithPasskey(raw: unknown, { origin, challengeSecret }: Visit, returnTo: Wanted): Promise<PasskeyLogin> {
  const network = networkOf(origin.address);
  await asVisitor({}, async (tx) => {
    await reserve(tx, "passkey_network", network);
    await reserve(tx, "sign_in_network_total", network);
  });
  const answer = UsePasskey.safeParse(raw).data?.answer;
  const stored = answer && (await findPresentedPasskey(answer, challengeSecret));
  const proof = stored && (await verifyProof(answer, stored, [{ kind: "login" }, { kind: "login", accountId: stored.accountId }]));
  if (!proof) {
    await asVisitor({}, (tx) => refuse(tx, stored?.accountId ?? v7(), origin));
    throw stored === null ? unknownPasskey(loginFailed) : new Fault("invalid", loginFailed);
  }
  if (proof === "expired") throw challengeExpired();
  const { accountId } = stored;
  const login = await asVisitor({ accountId, linkHash: challengeSecret ? hashSecret(challengeSecret) : undefined }, async (tx) => {
    if (!(await holdAccount(tx, accountId, "share"))) return null;
    if (!(await consumeChallenge(tx, challengeIn(answer), accountId))) throw challengeExpired();
    const rejection = await recordUse(tx, stored, proof);
    if (rejection) return recordRefusal(tx, accountId, origin, rejection);
    await giveBack(tx, "passkey_network", network);
    const pending = challengeSecret ? await finishPendingLogin(tx, challengeSecret, accountId) : null;
    const target = pending?.wanted ?? returnTo;
    const methods: Method[] = [...(pending?.methods ?? []), "passkey"];
    return { loginResult: await finishLogin(tx, accountId, methods, target), returnTo: target };
  }).catch(noteSuspended(accountId, origin));
  if (!login) throw new Fault("invalid", loginFailed);
  return login;
}

async function recordRefusal(tx: Tx, accountId: string, origin: Origin, note: string): Promise<null> {
  const [person] = await tx.select(personColumns).from(accounts).where(eq(accounts.id, accountId));
  if (person) await recordEverywhere(tx, person, origin, "session.refused", { note });
  return null;
}

/** Reauthenticates the session with a passkey and rotates its secret; failures share the limit of wrong passwords. */
export async function confirmWithPasskey(self: Self, raw: unknown): Promise<SessionToken> {
  const token = await reauthenticate(self, raw);
  if (!token) throw new Fault("invalid", reauthenticationFailed);
  return token;
}

const reauthenticate = ownCommand({
  input: UsePasskey,
  prepare: verifyOwnPasskey,
  async run({ tx, self, prepared: { stored, proof }, record }, { answer }) {
    if (!(await consumeChallenge(tx, challengeIn(answer), self.account.id))) throw challengeExpired();
    const rejection = await recordUse(tx, stored, proof);
    if (rejection) {
      await record("session.refused", { note: rejection });
      return null;
    }
    await forgive(tx, "reauthentication", self.account.id);
    const token = await renewKey(tx, self, { confirmedAt: sql`now()` });
    await record("session.confirmed", { note: "with a passkey" });
    return token;
  },
});

async function verifyOwnPasskey({ account, sessionId, origin }: Self, { answer }: { answer: Signature }) {
  const own = { accountId: account.id };
  await asVisitor(own, (tx) => reserve(tx, "reauthentication", account.id));
  const { userHandle } = answer.response;
  const isForeign = Boolean(userHandle) && accountIn(userHandle) !== account.id;
  const stored = isForeign ? undefined : await findPasskey(answer, account.id);
  const proof = stored && (await verifyProof(answer, stored, [{ kind: "reauthentication", accountId: account.id, sessionId }]));
  if (proof === "expired") throw challengeExpired();
  if (stored && proof) return { stored, proof };
  await asVisitor(own, (tx) => recordEverywhere(tx, account, origin, "session.refused", { note: "wrong passkey while signed in" }));
  throw stored === null ? unknownPasskey(reauthenticationFailed) : new Fault("invalid", reauthenticationFailed);
}

type StoredPasskey = { id: string; accountId: string; publicKey: Uint8Array };

/** Finds the passkey of a signature in the given account; null when it is not stored. */
async function findPasskey(answer: Signature, accountId: string): Promise<StoredPasskey | null> {
  const { id, publicKey } = passkeys;
  const same = and(eq(passkeys.accountId, accountId), eq(passkeys.credentialId, Buffer.from(answer.id, "base64url")));
  const [stored] = await asVisitor({ accountId }, (tx) => tx.select({ id, publicKey }).from(passkeys).where(same));
  return stored ? { ...stored, accountId } : null;
}

/** Finds the passkey presented at sign-in; undefined when neither it nor a pending sign-in names an account. */
async function findPresentedPasskey(answer: Signature, challengeSecret: string | null): Promise<StoredPasskey | null | undefined> {
  const { userHandle } = answer.response;
  const accountId = userHandle ? accountIn(userHandle) : await accountOfPendingLogin(challengeSecret);
  return accountId ? findPasskey(answer, accountId) : undefined;
}

// Authenticators may omit the user handle when `allowCredentials` was given.
async function accountOfPendingLogin(challengeSecret: string | null): Promise<string | null> {
  if (!challengeSecret) return null;
  const pending = await asVisitor({ linkHash: hashSecret(challengeSecret) }, (tx) => challengeOf(tx, "second_factor", challengeSecret));
  return pending?.accountId ?? null;
}

type Proof = { counter: number; backedUp: boolean };

async function verifyProof(answer: Signature, { publicKey }: StoredPasskey, purposes: Asked[]): Promise<Proof | "expired" | null> {
  const verify = (challenge: string) =>
    purposes.map((purpose) => judgeChallenge(challenge, purpose)).find((verdict) => verdict !== "invalid") ?? "invalid";
  if (verify(challengeIn(answer)) === "expired") return "expired";
  return checkSignature(answer, publicKey, (challenge) => verify(challenge) === "valid");
}

/** Updates counter and last use; returns a note for the log when the passkey was removed or its counter did not increase. */
async function recordUse(tx: Tx, { id }: StoredPasskey, { counter, backedUp }: Proof): Promise<string | null> {
  const same = eq(passkeys.id, id);
  const [row] = await tx.select({ name: passkeys.name, counter: passkeys.counter }).from(passkeys).where(same).for("update");
  if (!row) return "the passkey was removed meanwhile";
  if (!countsOn(row.counter, counter)) return `the passkey ${row.name} did not count on, so there may be a copy of it`;
  await tx.update(passkeys).set({ counter, backedUp, lastUsedAt: sql`now()` }).where(same);
  return null;
}

/** Consumes the pending sign-in of this account; null when it expired or belongs to another account. */
async function finishPendingLogin(tx: Tx, challengeSecret: string, accountId: string) {
  const pending = await challengeOf(tx, "second_factor", challengeSecret);
  return pending?.accountId === accountId ? finishChallenge(tx, "second_factor", challengeSecret) : null;
}
