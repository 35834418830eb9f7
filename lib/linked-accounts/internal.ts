import "server-only";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { withAuthScope } from "@/db/auth-access";
import { linkedAccounts } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { authChallengeBySecret, consumeAuthChallenge, createAuthChallenge } from "@/lib/auth-challenges/internal";
import type { ApplicationTokens } from "@/lib/integrations/applications";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import { isCancelled } from "@/lib/kernel/oauth-params";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { hashSecret } from "@/lib/kernel/secrets";
import { AccountLinkError, refreshAfter, tokensAad } from "@/lib/linked-accounts/rules";

const challenge = "account_link";

/** Stores that this session has started to link an account. */
export function createFlow({ id: accountId }: Actor, sessionId: string, secret: string): Promise<void> {
  return withAuthScope({ accountId }, async (tx) => {
    await consumeLimit(tx, "account_link", accountId);
    await createAuthChallenge(tx, { purpose: challenge, accountId, sessionId }, secret);
  });
}

type Callback = { sessionId: string; secret: string; answer: string };

/** Consumes the flow of this session before its callback is verified, so that a callback counts only once. */
export function consumeFlow({ id: accountId }: Actor, { sessionId, secret, answer }: Callback): Promise<void> {
  return withAuthScope({ tokenHash: hashSecret(secret) }, async (tx) => {
    const open = await authChallengeBySecret(tx, challenge, secret);
    const isOwn = open?.accountId === accountId && open.sessionId === sessionId;
    const consumed = isOwn ? await consumeAuthChallenge(tx, challenge, secret) : null;
    if (!consumed) throw new AccountLinkError(isCancelled(answer) ? "cancelled" : "over");
  });
}

const Tokens = z.object({ accessToken: z.string(), refreshToken: z.optional(z.string()) });

/** Encrypts the tokens of a linked account, or of a revocation, for the row with this id. */
export const encryptTokens = (id: string, { accessToken, refreshToken }: ApplicationTokens): Buffer =>
  encrypt(JSON.stringify({ accessToken, refreshToken }), tokensAad(id));

/** Decrypts the tokens of the row with this id. Never to be shown. */
export const decryptTokens = (id: string, encrypted: Uint8Array): ApplicationTokens => Tokens.parse(JSON.parse(decrypt(encrypted, tokensAad(id))));

const secondsFromNow = (seconds: number | null | undefined) => (seconds === null || seconds === undefined ? null : sql`now() + make_interval(secs => ${seconds})`);

/** The columns of a linked account that follow from its tokens. */
export const tokenColumns = (id: string, tokens: ApplicationTokens) => ({
  encryptedTokens: encryptTokens(id, tokens),
  expiresAt: secondsFromNow(tokens.expiresIn),
  refreshAt: secondsFromNow(refreshAfter(tokens.expiresIn, tokens.refreshToken !== undefined)),
});

/** A linked account as the worker names it, across organizations. */
export type LinkedAccountKey = { orgId: string; id: string };

/** Runs a transaction in the organization of a linked account. */
export const withLinkedAccount = <T>({ orgId }: LinkedAccountKey, work: (tx: Tx) => Promise<T>): Promise<T> => withTenant({ orgId, sites: "all" }, work);

/** The condition for the account with the tokens that were read before. */
export const hasTokens = (id: string, encryptedTokens: Buffer) => and(eq(linkedAccounts.id, id), eq(linkedAccounts.encryptedTokens, encryptedTokens));
