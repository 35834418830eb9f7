import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { identities } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { tellOwner } from "@/lib/accounts/commands";
import { beginChallenge, challengeOf, finishChallenge } from "@/lib/challenges/commands";
import { type Errand, isCancelled, proofsOf, Refused, subjectHashOf } from "@/lib/identities/rules";
import { Consent, GoogleAnswer } from "@/lib/identities/schema";
import { googleAddress, googleIssuer, type GoogleIdentity, GoogleTrouble, identityIn, isGoogleOn } from "@/lib/integrations/google";
import { holdAccount } from "@/lib/kernel/hold";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { parse } from "@/lib/kernel/parse";
import { hashSecret } from "@/lib/kernel/secret";
import { type Entrance, finishLogin, noteSuspended } from "@/lib/sessions/commands";
import { reserve } from "@/lib/throttles/commands";
import { networkOf } from "@/lib/throttles/rules";
import type { Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";

/** The secret for this browser's cookie, and the authorization URL. */
export type Way = { secret: string; address: string };

const plainly = (error: unknown): never => {
  throw error instanceof GoogleTrouble ? new Refused(error.kind, error.remark) : error;
};

async function wayOf(purpose: Errand, createSecret: () => Promise<string>): Promise<Way> {
  if (!isGoogleOn()) throw new Refused("off");
  const secret = await createSecret();
  return { secret, address: await googleAddress(proofsOf(purpose, secret)).catch(plainly) };
}

/** Starts a sign-in with Google. */
export const beginGoogleSignIn = (origin: Origin, returnTo: Wanted): Promise<Way> =>
  wayOf("google_sign_in", () =>
    asVisitor({}, async (tx) => {
      await reserve(tx, "google_network", networkOf(origin.address));
      return beginChallenge(tx, { purpose: "google_sign_in", wanted: returnTo });
    }),
  );

/** Starts linking a Google account with the signed-in account, bound to this session. */
export const beginGoogleLink = ({ account: { id: accountId }, sessionId }: Self): Promise<Way> =>
  wayOf("google_link", () =>
    asVisitor({ accountId }, async (tx) => {
      if (await isLinked(tx, accountId)) throw new Refused("linked-before");
      await reserve(tx, "google_network", accountId);
      return beginChallenge(tx, { purpose: "google_link", accountId, sessionId });
    }),
  );

const ownGoogle = (accountId: string) => and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));

async function isLinked(tx: Tx, accountId: string): Promise<boolean> {
  const found = await tx.select({ id: identities.id }).from(identities).where(ownGoogle(accountId));
  return found.length > 0;
}

type Back = { secret: string; answer: string };

/** Consumes the challenge before the callback is verified, so that a callback counts only once. */
function finishErrand(purpose: Errand, { secret, answer }: Back, owner: { accountId: string; sessionId: string } | null) {
  const linkHash = hashSecret(secret);
  return asVisitor({ linkHash }, async (tx) => {
    const challenge = await challengeOf(tx, purpose, secret);
    const isOwner = challenge?.accountId === (owner?.accountId ?? null) && challenge.sessionId === (owner?.sessionId ?? null);
    const consumed = isOwner ? await finishChallenge(tx, purpose, secret) : null;
    if (!consumed) throw new Refused(isCancelled(answer) ? "cancelled" : "over");
    return consumed;
  });
}

const whoSays = (purpose: Errand, { secret, answer }: Back): Promise<GoogleIdentity> =>
  identityIn(answer, proofsOf(purpose, secret)).catch(plainly);

/** Signs in the account that linked this Google identity; a matching email alone is not enough. */
export async function signInWithGoogle(raw: unknown, origin: Origin): Promise<Entered> {
  const callback = parse(GoogleAnswer, raw);
  const challenge = await finishErrand("google_sign_in", callback, null);
  const returnTo: Wanted = challenge.wanted ?? { path: null };
  return enter(callback, origin, returnTo).catch((error: unknown) => {
    throw error instanceof Refused ? new Refused(error.why, error.remark, returnTo) : error;
  });
}

type Entered = { loginResult: Entrance; returnTo: Wanted };

async function enter(callback: Back, origin: Origin, returnTo: Wanted): Promise<Entered> {
  const linkHash = subjectHashOf(await whoSays("google_sign_in", callback));
  const matches = eq(identities.subjectHash, linkHash);
  const [identity] = await asVisitor({ linkHash }, (tx) => tx.select({ accountId: identities.accountId }).from(identities).where(matches));
  if (!identity) throw new Refused("unknown");
  const { accountId } = identity;
  return asVisitor({ accountId }, async (tx) => {
    if (!(await holdAccount(tx, accountId, "share"))) throw new Refused("unknown");
    const updated = await tx
      .update(identities)
      .set({ lastUsedAt: sql`now()` })
      .where(matches)
      .returning({ id: identities.id });
    if (updated.length === 0) throw new Refused("unknown");
    return { loginResult: await finishLogin(tx, accountId, ["google"], returnTo), returnTo };
  }).catch(noteSuspended(accountId, origin));
}

/** Links the Google identity with the account whose session started the flow. */
export const linkGoogle = ownCommand({
  input: GoogleAnswer,
  async prepare({ account: { id: accountId }, sessionId }: Self, callback) {
    await finishErrand("google_link", callback, { accountId, sessionId });
    return whoSays("google_link", callback);
  },
  async run({ tx, self: { account, origin }, prepared: { issuer, subject, email }, record }) {
    if (!email) throw new Refused("unverified");
    const subjectHash = subjectHashOf({ issuer, subject });
    const inserted = await tx
      .insert(identities)
      .values({ accountId: account.id, issuer, subject, subjectHash, email })
      .onConflictDoNothing()
      .returning({ id: identities.id });
    if (inserted.length === 0) throw new Refused((await isLinked(tx, account.id)) ? "linked-before" : "taken");
    await record("google.linked");
    const remedy = "open My Account, disable Sign in with Google and choose a new password";
    await tellOwner(tx, account.email, "A Google account was linked with your account", origin, remedy);
  },
});

/** Unlinks the Google account. */
export const unlinkGoogle = ownCommand({
  input: Consent,
  async run({ tx, self: { account, origin }, record }) {
    const deleted = await tx.delete(identities).where(ownGoogle(account.id)).returning({ id: identities.id });
    if (deleted.length === 0) throw new Fault("conflict", "No Google account is linked any more");
    await record("google.unlinked");
    const remedy = "open My Account and choose a new password";
    await tellOwner(tx, account.email, "The link with your Google account was removed", origin, remedy);
  },
});
