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
import { finishLogin, noteSuspended } from "@/lib/sessions/commands";
import { reserve } from "@/lib/throttles/commands";
import { networkOf } from "@/lib/throttles/rules";
import type { Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";

/** A way to Google: the secret for this browser's cookie, and the address to go to. */
export type Way = { secret: string; address: string };

const plainly = (error: unknown): never => {
  throw error instanceof GoogleTrouble ? new Refused(error.kind, error.remark) : error;
};

async function wayOf(errand: Errand, begin: () => Promise<string>): Promise<Way> {
  if (!isGoogleOn()) throw new Refused("off");
  const secret = await begin();
  return { secret, address: await googleAddress(proofsOf(errand, secret)).catch(plainly) };
}

/** Begins to sign somebody in with Google; whoever it is, is known when they are back (ACC-13). */
export const beginGoogleSignIn = (origin: Origin, wanted: Wanted): Promise<Way> =>
  wayOf("google_sign_in", () =>
    asVisitor({}, async (tx) => {
      await reserve(tx, "google_address", networkOf(origin.address));
      return beginChallenge(tx, { purpose: "google_sign_in", wanted });
    }),
  );

/** Begins to link a Google account with one's own, in this session alone (ACC-25, SSO-7). */
export const beginGoogleLink = ({ account: { id: accountId }, sessionId }: Self): Promise<Way> =>
  wayOf("google_link", () =>
    asVisitor({ accountId }, async (tx) => {
      if (await isLinked(tx, accountId)) throw new Refused("linked-before");
      await reserve(tx, "google_address", accountId);
      return beginChallenge(tx, { purpose: "google_link", accountId, sessionId });
    }),
  );

const ownGoogle = (accountId: string) => and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));

async function isLinked(tx: Tx, accountId: string): Promise<boolean> {
  const found = await tx.select({ id: identities.id }).from(identities).where(ownGoogle(accountId));
  return found.length > 0;
}

type Back = { secret: string; answer: string };

/** Uses an errand up before its answer is believed, so that of many answers to it one counts. */
function finishErrand(errand: Errand, { secret, answer }: Back, whose: { accountId: string; sessionId: string } | null) {
  const linkHash = hashSecret(secret);
  return asVisitor({ linkHash }, async (tx) => {
    const begun = await challengeOf(tx, errand, secret);
    const isTheirs = begun?.accountId === (whose?.accountId ?? null) && begun.sessionId === (whose?.sessionId ?? null);
    const finished = isTheirs ? await finishChallenge(tx, errand, secret) : null;
    if (!finished) throw new Refused(isCancelled(answer) ? "cancelled" : "over");
    return finished;
  });
}

const whoSays = (errand: Errand, { secret, answer }: Back): Promise<GoogleIdentity> =>
  identityIn(answer, proofsOf(errand, secret)).catch(plainly);

/** Lets in the account that linked whom Google names; an address, however equal, opens nothing (SSO-5, ACC-13). */
export async function signInWithGoogle(raw: unknown, origin: Origin) {
  const back = parse(GoogleAnswer, raw);
  const { wanted } = await finishErrand("google_sign_in", back, null);
  const goal: Wanted = wanted ?? { path: null };
  return enter(back, origin, goal).catch((error: unknown) => {
    throw error instanceof Refused ? new Refused(error.why, error.remark, goal) : error;
  });
}

async function enter(back: Back, origin: Origin, goal: Wanted) {
  const linkHash = subjectHashOf(await whoSays("google_sign_in", back));
  const named = eq(identities.subjectHash, linkHash);
  const [known] = await asVisitor({ linkHash }, (tx) => tx.select({ accountId: identities.accountId }).from(identities).where(named));
  if (!known) throw new Refused("unknown");
  const { accountId } = known;
  return asVisitor({ accountId }, async (tx) => {
    if (!(await holdAccount(tx, accountId, "share"))) throw new Refused("unknown");
    const used = await tx
      .update(identities)
      .set({ lastUsedAt: sql`now()` })
      .where(named)
      .returning({ id: identities.id });
    if (used.length === 0) throw new Refused("unknown");
    return { entrance: await finishLogin(tx, accountId, ["google"], goal), wanted: goal };
  }).catch(noteSuspended(accountId, origin));
}

/** Links whom Google names with the account that set out, while the session that set out is still alive (ACC-25, SSO-7). */
export const linkGoogle = ownCommand({
  input: GoogleAnswer,
  async prepare({ account: { id: accountId }, sessionId }: Self, back) {
    await finishErrand("google_link", back, { accountId, sessionId });
    return whoSays("google_link", back);
  },
  async run({ tx, self: { account, origin }, prepared: { issuer, subject, email }, record }) {
    if (!email) throw new Refused("unverified");
    const subjectHash = subjectHashOf({ issuer, subject });
    const linked = await tx
      .insert(identities)
      .values({ accountId: account.id, issuer, subject, subjectHash, email })
      .onConflictDoNothing()
      .returning({ id: identities.id });
    if (linked.length === 0) throw new Refused((await isLinked(tx, account.id)) ? "linked-before" : "taken");
    await record("google.linked");
    const inside = "open My Account, disable Sign in with Google and choose a new password";
    await tellOwner(tx, account.email, "A Google account was linked with your account", origin, inside);
  },
});

/** Takes the link away; the Google account opens nothing from then on (ACC-25). */
export const unlinkGoogle = ownCommand({
  input: Consent,
  async run({ tx, self: { account, origin }, record }) {
    const gone = await tx.delete(identities).where(ownGoogle(account.id)).returning({ id: identities.id });
    if (gone.length === 0) throw new Fault("conflict", "No Google account is linked any more");
    await record("google.unlinked");
    const inside = "open My Account and choose a new password";
    await tellOwner(tx, account.email, "The link with your Google account was removed", origin, inside);
  },
});
