import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { identities } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { sendSecurityNotice } from "@/lib/accounts/internal";
import { createAuthChallenge, authChallengeBySecret, consumeAuthChallenge } from "@/lib/auth-challenges/internal";
import { type OAuthPurpose, OAuthError, hashSubject } from "@/lib/identities/rules";
import { NoInput, GoogleCallback } from "@/lib/identities/schema";
import { googleAuthorizationUrl, googleIssuer, type GoogleIdentity, verifyGoogleCallback, isGoogleEnabled } from "@/lib/integrations/google";
import { OAuthProviderError } from "@/lib/integrations/oauth-provider-error";
import { lockAccount } from "@/lib/kernel/lock-account";
import { accountCommand, type AccountContext } from "@/lib/kernel/account-command";
import { deriveOAuthParams, isCancelled } from "@/lib/kernel/oauth-params";
import { publicCommand, type PublicContext } from "@/lib/kernel/public-command";
import { generateSecret, hashSecret } from "@/lib/kernel/secrets";
import { completePrimaryAuth, type LoginContext, recordSuspendedLogin } from "@/lib/sessions/internal";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";
import { AppError } from "@/lib/shared/app-error";

/** The secret for this browser's cookie, and the authorization URL. */
export type OAuthStart = { secret: string; url: string };

const rethrowGoogleError = (error: unknown): never => {
  throw error instanceof OAuthProviderError ? new OAuthError(error.kind, error.remark) : error;
};

const requireGoogleEnabled = () => {
  if (!isGoogleEnabled()) throw new OAuthError("off");
};

async function createOAuthStart(purpose: OAuthPurpose): Promise<OAuthStart> {
  const secret = generateSecret();
  return { secret, url: await googleAuthorizationUrl(deriveOAuthParams(purpose, secret)).catch(rethrowGoogleError) };
}

/** Starts a sign-in with Google. */
export const startGoogleSignIn = publicCommand({
  input: NoInput,
  validate: (_context: PublicContext) => requireGoogleEnabled(),
  limits: ({ origin }) => [["google_network", ipNetwork(origin.ipAddress)]],
  prepare: () => createOAuthStart("google_sign_in"),
  scope: () => ({}),
  async run({ tx, prepared: start, nothingChanged }) {
    await createAuthChallenge(tx, { purpose: "google_sign_in" }, start.secret);
    nothingChanged();
    return start;
  },
});

/** Starts linking a Google account with the signed-in account, bound to this session. */
export const startGoogleLink = accountCommand({
  input: NoInput,
  async prepare({ account: { id: accountId } }: AccountContext) {
    requireGoogleEnabled();
    await withAuthScope({ accountId }, async (tx) => {
      if (await hasGoogleIdentity(tx, accountId)) throw new OAuthError("linked-before");
      await consumeLimit(tx, "google_network", accountId);
    });
    return createOAuthStart("google_link");
  },
  async run({ tx, self: { account, sessionId }, prepared: start, nothingChanged }) {
    await createAuthChallenge(tx, { purpose: "google_link", accountId: account.id, sessionId }, start.secret);
    nothingChanged();
    return start;
  },
});

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
export const signInWithGoogle = publicCommand({
  input: GoogleCallback,
  prepare: (_context: LoginContext, callback) => accountOfCallback(callback),
  scope: (_context, _input, { accountId }) => ({ accountId }),
  async run({ tx, prepared: { accountId, isIdentity }, ...operation }) {
    if (!(await lockAccount(tx, accountId, "no key update"))) throw new OAuthError("unknown");
    const updated = await tx
      .update(identities)
      .set({ lastUsedAt: sql`now()` })
      .where(isIdentity)
      .returning({ id: identities.id });
    if (updated.length === 0) throw new OAuthError("unknown");
    return completePrimaryAuth(tx, operation, accountId, ["google"]);
  },
  onError: (error, { origin }, { accountId }) => recordSuspendedLogin(accountId, origin)(error),
});

/** Consumes the challenge, verifies the callback and finds the account. */
async function accountOfCallback(callback: CallbackInput) {
  await consumeFlow("google_sign_in", callback, null);
  const identity = await verifyIdentity("google_sign_in", callback);
  const tokenHash = hashSubject(identity);
  const isIdentity = eq(identities.subjectHash, tokenHash);
  const [stored] = await withAuthScope({ tokenHash }, (tx) => tx.select({ accountId: identities.accountId }).from(identities).where(isIdentity));
  if (!stored) throw new OAuthError("unknown");
  return { accountId: stored.accountId, isIdentity };
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
    await sendSecurityNotice(tx, account.email, "A Google account was linked to your account", origin, remedy);
  },
});

/** Unlinks the Google account. */
export const unlinkGoogle = accountCommand({
  input: NoInput,
  async run({ tx, self: { account, origin }, record }) {
    const deleted = await tx.delete(identities).where(isOwnGoogleIdentity(account.id)).returning({ id: identities.id });
    if (deleted.length === 0) throw new AppError("conflict", "No Google account is linked");
    await record("google.unlinked");
    const remedy = "open My Account and choose a new password";
    await sendSecurityNotice(tx, account.email, "Your Google account was unlinked", origin, remedy);
  },
});
