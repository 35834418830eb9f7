import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { identities } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { sendSecurityNotice } from "@/lib/accounts/internal";
import { createAuthChallenge, authChallengeBySecret, consumeAuthChallenge } from "@/lib/auth-challenges/internal";
import { type OAuthPurpose, isCancelled, deriveOAuthParams, OAuthError, hashSubject } from "@/lib/identities/rules";
import { NoInput, GoogleCallback } from "@/lib/identities/schema";
import { googleAuthorizationUrl, googleIssuer, type GoogleIdentity, GoogleError, verifyGoogleCallback, isGoogleEnabled } from "@/lib/integrations/google";
import { lockAccount } from "@/lib/kernel/lock-account";
import { accountCommand, type AccountContext } from "@/lib/kernel/account-command";
import { parse } from "@/lib/kernel/parse";
import { hashSecret } from "@/lib/kernel/secrets";
import { type LoginResult, completePrimaryAuth, recordSuspendedLogin } from "@/lib/sessions/internal";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";
import type { ReturnTo } from "@/lib/shared/login-flow";
import { AppError } from "@/lib/shared/app-error";

/** The secret for this browser's cookie, and the authorization URL. */
export type OAuthStart = { secret: string; url: string };

const rethrowGoogleError = (error: unknown): never => {
  throw error instanceof GoogleError ? new OAuthError(error.kind, error.remark) : error;
};

async function createOAuthStart(purpose: OAuthPurpose, createSecret: () => Promise<string>): Promise<OAuthStart> {
  if (!isGoogleEnabled()) throw new OAuthError("off");
  const secret = await createSecret();
  return { secret, url: await googleAuthorizationUrl(deriveOAuthParams(purpose, secret)).catch(rethrowGoogleError) };
}

/** Starts a sign-in with Google. */
export const startGoogleSignIn = (origin: RequestMetadata, returnTo: ReturnTo): Promise<OAuthStart> =>
  createOAuthStart("google_sign_in", () =>
    withAuthScope({}, async (tx) => {
      await consumeLimit(tx, "google_network", ipNetwork(origin.ipAddress));
      return createAuthChallenge(tx, { purpose: "google_sign_in", returnTo });
    }),
  );

/** Starts linking a Google account with the signed-in account, bound to this session. */
export const startGoogleLink = ({ account: { id: accountId }, sessionId }: AccountContext): Promise<OAuthStart> =>
  createOAuthStart("google_link", () =>
    withAuthScope({ accountId }, async (tx) => {
      if (!(await lockAccount(tx, accountId, "key share"))) throw new AppError("unauthenticated", "There is no such account any more");
      if (await hasGoogleIdentity(tx, accountId)) throw new OAuthError("linked-before");
      await consumeLimit(tx, "google_network", accountId);
      return createAuthChallenge(tx, { purpose: "google_link", accountId, sessionId });
    }),
  );

const isOwnGoogleIdentity = (accountId: string) => and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));

async function hasGoogleIdentity(tx: Tx, accountId: string): Promise<boolean> {
  const found = await tx.select({ id: identities.id }).from(identities).where(isOwnGoogleIdentity(accountId));
  return found.length > 0;
}

type CallbackInput = { secret: string; answer: string };

/** Consumes the challenge before the callback is verified, so that a callback counts only once. */
function consumeFlow(purpose: OAuthPurpose, { secret, answer }: CallbackInput, owner: { accountId: string; sessionId: string } | null) {
  const tokenHash = hashSecret(secret);
  return withAuthScope({ tokenHash }, async (tx) => {
    const challenge = await authChallengeBySecret(tx, purpose, secret);
    const isOwner = challenge?.accountId === (owner?.accountId ?? null) && challenge.sessionId === (owner?.sessionId ?? null);
    const consumed = isOwner ? await consumeAuthChallenge(tx, purpose, secret) : null;
    if (!consumed) throw new OAuthError(isCancelled(answer) ? "cancelled" : "over");
    return consumed;
  });
}

const verifyIdentity = (purpose: OAuthPurpose, { secret, answer }: CallbackInput): Promise<GoogleIdentity> =>
  verifyGoogleCallback(answer, deriveOAuthParams(purpose, secret)).catch(rethrowGoogleError);

/** Signs in the account that linked this Google identity; a matching email alone is not enough. */
export async function signInWithGoogle(raw: unknown, origin: RequestMetadata): Promise<GoogleSignIn> {
  const callback = parse(GoogleCallback, raw);
  const challenge = await consumeFlow("google_sign_in", callback, null);
  const returnTo: ReturnTo = challenge.returnTo ?? { path: null };
  return completeGoogleSignIn(callback, origin, returnTo).catch((error: unknown) => {
    throw error instanceof OAuthError ? new OAuthError(error.reason, error.detail, returnTo) : error;
  });
}

type GoogleSignIn = { loginResult: LoginResult; returnTo: ReturnTo };

async function completeGoogleSignIn(callback: CallbackInput, origin: RequestMetadata, returnTo: ReturnTo): Promise<GoogleSignIn> {
  const tokenHash = hashSubject(await verifyIdentity("google_sign_in", callback));
  const matches = eq(identities.subjectHash, tokenHash);
  const [identity] = await withAuthScope({ tokenHash }, (tx) => tx.select({ accountId: identities.accountId }).from(identities).where(matches));
  if (!identity) throw new OAuthError("unknown");
  const { accountId } = identity;
  return withAuthScope({ accountId }, async (tx) => {
    if (!(await lockAccount(tx, accountId, "share"))) throw new OAuthError("unknown");
    const updated = await tx
      .update(identities)
      .set({ lastUsedAt: sql`now()` })
      .where(matches)
      .returning({ id: identities.id });
    if (updated.length === 0) throw new OAuthError("unknown");
    return { loginResult: await completePrimaryAuth(tx, accountId, ["google"], returnTo), returnTo };
  }).catch(recordSuspendedLogin(accountId, origin));
}

/** Links the Google identity with the account whose session started the flow. */
export const linkGoogle = accountCommand({
  input: GoogleCallback,
  async prepare({ account: { id: accountId }, sessionId }: AccountContext, callback) {
    await consumeFlow("google_link", callback, { accountId, sessionId });
    return verifyIdentity("google_link", callback);
  },
  async run({ tx, self: { account, origin }, prepared: { issuer, subject, email }, record }) {
    if (!email) throw new OAuthError("unverified");
    const subjectHash = hashSubject({ issuer, subject });
    const inserted = await tx
      .insert(identities)
      .values({ accountId: account.id, issuer, subject, subjectHash, email })
      .onConflictDoNothing()
      .returning({ id: identities.id });
    if (inserted.length === 0) throw new OAuthError((await hasGoogleIdentity(tx, account.id)) ? "linked-before" : "taken");
    await record("google.linked");
    const remedy = "open My Account, disable Sign in with Google and choose a new password";
    await sendSecurityNotice(tx, account.email, "A Google account was linked with your account", origin, remedy);
  },
});

/** Unlinks the Google account. */
export const unlinkGoogle = accountCommand({
  input: NoInput,
  async run({ tx, self: { account, origin }, record }) {
    const deleted = await tx.delete(identities).where(isOwnGoogleIdentity(account.id)).returning({ id: identities.id });
    if (deleted.length === 0) throw new AppError("conflict", "No Google account is linked any more");
    await record("google.unlinked");
    const remedy = "open My Account and choose a new password";
    await sendSecurityNotice(tx, account.email, "The link with your Google account was removed", origin, remedy);
  },
});
