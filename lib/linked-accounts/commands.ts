import "server-only";
import { and, eq } from "drizzle-orm";
import { v7 } from "uuid";
import { linkedAccounts } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { type ApplicationAccount, type ApplicationTokens, applicationAuthorizationUrl, exchangeApplicationCode, isApplicationConfigured } from "@/lib/integrations/applications";
import { OAuthProviderError } from "@/lib/integrations/oauth-provider-error";
import { command } from "@/lib/kernel/command";
import { deriveOAuthParams } from "@/lib/kernel/oauth-params";
import { generateSecret } from "@/lib/kernel/secrets";
import { consumeFlow, createFlow, tokenColumns } from "@/lib/linked-accounts/internal";
import { AccountLinkError, auditSubject, linkPurpose } from "@/lib/linked-accounts/rules";
import { LinkAccount, StartAccountLink, UnlinkAccount } from "@/lib/linked-accounts/schema";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import type { ApplicationName } from "@/lib/shared/applications";

const rethrowProviderError = (error: unknown): never => {
  throw error instanceof OAuthProviderError ? new AccountLinkError(error.kind, error.remark) : error;
};

/** Starts linking an account of an application, bound to this session; returns the secret for its cookie and the address at the application. */
export const startAccountLink = command({
  permission: "settings.update",
  input: StartAccountLink,
  async prepare({ actor }, { application, sessionId }) {
    if (!isApplicationConfigured(application)) throw new AccountLinkError("off");
    const secret = generateSecret();
    const url = await applicationAuthorizationUrl(application, deriveOAuthParams(linkPurpose(actor.orgId, application), secret)).catch(rethrowProviderError);
    await createFlow(actor, sessionId, secret);
    return { secret, url };
  },
  async run({ prepared, nothingChanged }) {
    nothingChanged();
    return prepared;
  },
});

/** Links the account that the person allowed at the application; linked again, it gets new tokens. */
export const linkAccount = command({
  permission: "settings.update",
  input: LinkAccount,
  async prepare({ actor }, callback) {
    await consumeFlow(actor, callback);
    const { application, secret, answer } = callback;
    return exchangeApplicationCode(application, answer, deriveOAuthParams(linkPurpose(actor.orgId, application), secret)).catch(rethrowProviderError);
  },
  async run({ tx, actor, prepared: { account, tokens }, record }, { application }) {
    const linked = { application, name: account.name, linkedById: actor.id };
    const id = (await insertAccount(tx, linked, account, tokens)) ?? (await replaceTokens(tx, linked, account, tokens));
    await record("linked_account.linked", { subject: auditSubject({ id, ...linked }), after: { application, account: account.name } });
    return { id };
  },
});

type Linked = { application: ApplicationName; name: string; linkedById: string };

async function insertAccount(tx: Tx, linked: Linked, { accountId }: ApplicationAccount, tokens: ApplicationTokens): Promise<string | undefined> {
  const id = v7();
  const values = { id, ...linked, applicationAccountId: accountId, ...tokenColumns(id, tokens) };
  const [row] = await tx.insert(linkedAccounts).values(values).onConflictDoNothing().returning({ id: linkedAccounts.id });
  return row?.id;
}

async function replaceTokens(tx: Tx, linked: Linked, { accountId }: ApplicationAccount, tokens: ApplicationTokens): Promise<string> {
  const isSame = and(eq(linkedAccounts.application, linked.application), eq(linkedAccounts.applicationAccountId, accountId));
  const [known] = await tx.select({ id: linkedAccounts.id }).from(linkedAccounts).where(isSame).for("update");
  if (!known) throw new AppError("conflict", "Somebody unlinked this account at the same moment. Link it again");
  await tx
    .update(linkedAccounts)
    .set({ ...linked, ...tokenColumns(known.id, tokens), failedAt: null, linkedAt: new Date() })
    .where(eq(linkedAccounts.id, known.id));
  return known.id;
}

/** Unlinks an account at once; its tokens are revoked at the application afterwards. */
export const unlinkAccount = command({
  permission: "settings.update",
  input: UnlinkAccount,
  async run({ tx, record, enqueue }, { linkedAccountId: id }) {
    const { application, name } = linkedAccounts;
    const [deleted] = await tx.delete(linkedAccounts).where(eq(linkedAccounts.id, id)).returning({ id: linkedAccounts.id, application, name });
    if (!deleted) throw notFoundError("Linked account");
    await record("linked_account.unlinked", { subject: auditSubject(deleted), before: { application: deleted.application, account: deleted.name } });
    await enqueue("linked_accounts.revoke", {});
  },
});
