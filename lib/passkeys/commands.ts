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

const notAdded = () => new Fault("invalid", "The passkey could not be added. Try again, or use another device");
const notOpened = "This passkey does not open an account here. Sign in with your password, or use another passkey";
const notConfirmed = "This is not a passkey of your account, or it was not unlocked. Use another one, or your password";
const unknownHere = (words: string) => new Fault("invalid", words, { passkey: ["This passkey is not kept here"] });
const tooLate = () => new Fault("invalid", "That took too long, or was sent twice. Try again");
const tooMany = () => new Fault("conflict", `An account has at most ${mostPasskeys} passkeys. Remove one that you no longer use`);

/** Adds a passkey whose device was unlocked on our own page; its owner is told, and no session ends (ACC-16, AUT-9). */
export const addPasskey = ownCommand({
  input: AddPasskey,
  prepare: newKey,
  async run({ tx, self, prepared, record }, { name, answer }) {
    const accountId = self.account.id;
    if (!(await useUp(tx, challengeIn(answer), accountId))) throw tooLate();
    if ((await tx.$count(passkeys, eq(passkeys.accountId, accountId))) >= mostPasskeys) throw tooMany();
    await tx.insert(passkeys).values({ ...prepared, accountId, name, transports: answer.response.transports });
    await record("passkey.added", { note: name, after: { name, synced: prepared.backedUp } });
    await tell(tx, self, `The passkey “${name}” was added to your account`, "remove the passkey at once");
  },
});

async function newKey({ account, sessionId }: Self, { answer }: { answer: NewKey }) {
  const asked: Asked = { kind: "add", accountId: account.id, sessionId };
  const verdict = judgeChallenge(challengeIn(answer), asked);
  if (verdict === "over") throw tooLate();
  const key = verdict === "open" ? await checkNewKey(answer, (challenge) => judgeChallenge(challenge, asked) === "open") : null;
  if (!key) throw notAdded();
  return key;
}

/** Gives a passkey another name. */
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

/** Takes a passkey off the account: it opens nothing from then on; sessions it opened before go on (ACC-16, AUT-9). */
export const removePasskey = ownCommand({
  input: RemovePasskey,
  async run({ tx, self, record }, { passkeyId }) {
    const own = and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, self.account.id));
    const [removed] = await tx.delete(passkeys).where(own).returning({ name: passkeys.name });
    if (!removed) throw notFound("Passkey");
    await record("passkey.removed", { note: removed.name, before: { name: removed.name } });
    await tell(tx, self, `The passkey “${removed.name}” was removed from your account`, "look through your account");
  },
});

const tell = (tx: Tx, { account, origin }: Self, what: string, first: string) =>
  tellOwner(tx, account.email, what, origin, `${first}, then choose a new password; that signs out everybody else`);

/** Uses a challenge up: of many answers to it at once, one gets it. */
async function useUp(tx: Tx, challenge: string, accountId: string): Promise<boolean> {
  const used = await tx
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
  return used.length > 0;
}

/** Where a passkey is used: in a browser that may have begun a sign-in which waits for its second factor. */
export type Visit = { origin: Origin; begun: string | null };

type Arrival = { entrance: Entrance; wanted: Wanted };

/**
 * Lets in whom a passkey belongs to, alone or as the second factor of what was begun; every refusal says the same, but a
 * browser that offered a passkey which is not kept here is told that much (ACC-16).
 */
export async function signInWithPasskey(raw: unknown, { origin, begun }: Visit, wanted: Wanted): Promise<Arrival> {
  const network = networkOf(origin.address);
  await asVisitor({}, async (tx) => {
    await reserve(tx, "passkey_address", network);
    await reserve(tx, "sign_in_address_pace", network);
  });
  const signature = UsePasskey.safeParse(raw).data?.answer;
  const kept = signature && (await presentedKey(signature, begun));
  const proof = kept && (await proofOf(signature, kept, [{ kind: "enter" }, { kind: "enter", accountId: kept.accountId }]));
  if (!proof) {
    await asVisitor({}, (tx) => refuse(tx, kept?.accountId ?? v7(), origin));
    throw kept === null ? unknownHere(notOpened) : new Fault("invalid", notOpened);
  }
  if (proof === "over") throw tooLate();
  const { accountId } = kept;
  const arrival = await asVisitor({ accountId, linkHash: begun ? hashSecret(begun) : undefined }, async (tx) => {
    if (!(await holdAccount(tx, accountId, "share"))) return null;
    if (!(await useUp(tx, challengeIn(signature), accountId))) throw tooLate();
    const against = await advance(tx, kept, proof);
    if (against) return noteRefused(tx, accountId, origin, against);
    await giveBack(tx, "passkey_address", network);
    const waiting = begun ? await goOn(tx, begun, accountId) : null;
    const goal = waiting?.wanted ?? wanted;
    const methods: Method[] = [...(waiting?.methods ?? []), "passkey"];
    return { entrance: await finishLogin(tx, accountId, methods, goal), wanted: goal };
  }).catch(noteSuspended(accountId, origin));
  if (!arrival) throw new Fault("invalid", notOpened);
  return arrival;
}

async function noteRefused(tx: Tx, accountId: string, origin: Origin, note: string): Promise<null> {
  const [person] = await tx.select(personColumns).from(accounts).where(eq(accounts.id, accountId));
  if (person) await recordEverywhere(tx, person, origin, "session.refused", { note });
  return null;
}

/**
 * Notes that whoever is signed in has just unlocked a passkey of theirs, which proves as much as the password does: what is
 * sensitive opens for ten minutes, and the session gets a new key. A wrong one counts among the wrong passwords (SES-11, SES-2).
 */
export async function confirmWithPasskey(self: Self, raw: unknown): Promise<SessionToken> {
  const token = await confirm(self, raw);
  if (!token) throw new Fault("invalid", notConfirmed);
  return token;
}

const confirm = ownCommand({
  input: UsePasskey,
  prepare: provedKey,
  async run({ tx, self, prepared: { kept, proof }, record }, { answer }) {
    if (!(await useUp(tx, challengeIn(answer), self.account.id))) throw tooLate();
    const against = await advance(tx, kept, proof);
    if (against) {
      await record("session.refused", { note: against });
      return null;
    }
    await forgive(tx, "confirm", self.account.id);
    const token = await renewKey(tx, self, { confirmedAt: sql`now()` });
    await record("session.confirmed", { note: "with a passkey" });
    return token;
  },
});

async function provedKey({ account, sessionId, origin }: Self, { answer }: { answer: Signature }) {
  const own = { accountId: account.id };
  await asVisitor(own, (tx) => reserve(tx, "confirm", account.id));
  const { userHandle } = answer.response;
  const isForeign = Boolean(userHandle) && accountIn(userHandle) !== account.id;
  const kept = isForeign ? undefined : await keptKey(answer, account.id);
  const proof = kept && (await proofOf(answer, kept, [{ kind: "confirm", accountId: account.id, sessionId }]));
  if (proof === "over") throw tooLate();
  if (kept && proof) return { kept, proof };
  await asVisitor(own, (tx) => recordEverywhere(tx, account, origin, "session.refused", { note: "wrong passkey while signed in" }));
  throw kept === null ? unknownHere(notConfirmed) : new Fault("invalid", notConfirmed);
}

type KeptKey = { id: string; accountId: string; publicKey: Uint8Array };

/** The passkey that a signature is said to be made by, looked for in no account but the one it names; null when it is not there. */
async function keptKey(signature: Signature, accountId: string): Promise<KeptKey | null> {
  const { id, publicKey } = passkeys;
  const same = and(eq(passkeys.accountId, accountId), eq(passkeys.credentialId, Buffer.from(signature.id, "base64url")));
  const [kept] = await asVisitor({ accountId }, (tx) => tx.select({ id, publicKey }).from(passkeys).where(same));
  return kept ? { ...kept, accountId } : null;
}

/** The passkey that a browser presents to sign in; nothing when it names no account. */
async function presentedKey(signature: Signature, begun: string | null): Promise<KeptKey | null | undefined> {
  const { userHandle } = signature.response;
  const accountId = userHandle ? accountIn(userHandle) : await accountBehind(begun);
  return accountId ? keptKey(signature, accountId) : undefined;
}

// A key that was told which account to sign for may leave out whose it is.
async function accountBehind(begun: string | null): Promise<string | null> {
  if (!begun) return null;
  const waiting = await asVisitor({ linkHash: hashSecret(begun) }, (tx) => challengeOf(tx, "second_factor", begun));
  return waiting?.accountId ?? null;
}

type Proof = { counter: number; backedUp: boolean };

async function proofOf(signature: Signature, { publicKey }: KeptKey, asked: Asked[]): Promise<Proof | "over" | null> {
  const judged = (challenge: string) =>
    asked.map((one) => judgeChallenge(challenge, one)).find((verdict) => verdict !== "foreign") ?? "foreign";
  if (judged(challengeIn(signature)) === "over") return "over";
  return checkSignature(signature, publicKey, (challenge) => judged(challenge) === "open");
}

/** Notes the use of a passkey, or says what speaks against it: it was removed meanwhile, or does not count on since its last use. */
async function advance(tx: Tx, { id }: KeptKey, { counter, backedUp }: Proof): Promise<string | null> {
  const same = eq(passkeys.id, id);
  const [kept] = await tx.select({ name: passkeys.name, counter: passkeys.counter }).from(passkeys).where(same).for("update");
  if (!kept) return "the passkey was removed meanwhile";
  if (!countsOn(kept.counter, counter)) return `the passkey ${kept.name} did not count on, so there may be a copy of it`;
  await tx.update(passkeys).set({ counter, backedUp, lastUsedAt: sql`now()` }).where(same);
  return null;
}

/** What a sign-in was begun with, used up; null when it is over or somebody else's. */
async function goOn(tx: Tx, begun: string, accountId: string) {
  const waiting = await challengeOf(tx, "second_factor", begun);
  return waiting?.accountId === accountId ? finishChallenge(tx, "second_factor", begun) : null;
}
