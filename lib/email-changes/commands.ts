import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts, emailTokens, memberships } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { voidEmailTokens, consumeTokenOrThrow } from "@/lib/accounts/internal";
import { emailTokenByHash, accountByEmail, accountNameColumns } from "@/lib/accounts/queries";
import { emailTokenMessages, emailTokenState, suspendedError } from "@/lib/accounts/rules";
import { isPendingChange, pendingChangeByEmail } from "@/lib/email-changes/queries";
import { ConfirmEmailChange, NoInput, RequestEmailChange, EmailChangePayload } from "@/lib/email-changes/schema";
import { brand } from "@/lib/brand";
import { requireCurrentPassword } from "@/lib/reauthentication/internal";
import { env } from "@/lib/env";
import type { AccountIdentity } from "@/lib/kernel/account-events";
import { lockAccount } from "@/lib/kernel/lock-account";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { accountCommand, type AccountContext } from "@/lib/kernel/account-command";
import { publicCommand, type PublicContext } from "@/lib/kernel/public-command";
import { expectOne } from "@/lib/kernel/expect-one";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";
import { revokeOtherSessions, revokeSessions, type SessionToken } from "@/lib/sessions/internal";
import { resetLimit, consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";
import { AppError } from "@/lib/shared/app-error";

const maxHours = 24;
const sameEmailMessage = "This is already your address. Enter another one";

/**
 * Emails a confirmation link to a new address; the response is the same when the address is taken.
 * The unconfirmed address may belong to somebody else, so it is not written to the logs.
 */
export const requestEmailChange = accountCommand({
  input: RequestEmailChange,
  async run({ tx, self, record }, { email }) {
    const { email: current } = await loadCurrentEmail(tx, self);
    if (email === current) throw new AppError("invalid", sameEmailMessage, { email: [sameEmailMessage] });
    await createEmailChange(tx, self, { currentEmail: current, newEmail: email });
    await record("email.change_requested");
  },
});

/** Emails a new link for the pending change and voids the older one. */
export const resendEmailChange = accountCommand({
  input: NoInput,
  async run({ tx, self, record }) {
    await createEmailChange(tx, self, await requirePendingChange(tx, self));
    await record("email.change_requested");
  },
});

/** Cancels the pending change and voids its link. */
export const cancelEmailChange = accountCommand({
  input: NoInput,
  async run({ tx, self, record }) {
    const change = await requirePendingChange(tx, self);
    await voidEmailTokens(tx, ["change_email"], change.currentEmail);
    await record("email.change_cancelled");
  },
});

/** The current email; scopes the transaction to it. */
async function loadCurrentEmail(tx: Tx, { account }: AccountContext) {
  const person = await expectOne(tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, account.id)));
  await setAuthScope(tx, { accountId: account.id, email: person.email });
  return person;
}

async function requirePendingChange(tx: Tx, self: AccountContext): Promise<EmailChange> {
  const { email: current } = await loadCurrentEmail(tx, self);
  const pending = await pendingChangeByEmail(tx, current);
  if (!pending) throw new AppError("conflict", "No change of address is pending. Open My Account again");
  return { currentEmail: current, newEmail: pending.email };
}

type EmailChange = { currentEmail: string; newEmail: string };

// Writes the same rows whether or not the address is taken, so that response and timing reveal nothing.
async function createEmailChange(tx: Tx, { account, origin }: AccountContext, { currentEmail, newEmail }: EmailChange) {
  await consumeLimit(tx, "email_change_mail", account.id);
  await consumeLimit(tx, "email_change_mail_recipient", newEmail);
  await consumeLimit(tx, "mail_network", ipNetwork(origin.ipAddress));
  const token = generateSecret();
  const expiresAt = sql`now() + make_interval(hours => ${Math.min(env().LINK_HOURS, maxHours)})`;
  const values = { purpose: "change_email" as const, email: currentEmail, accountId: account.id, payload: { email: newEmail } };
  await tx.update(emailTokens).set({ voidedAt: sql`now()`, payload: null }).where(isPendingChange(currentEmail));
  const { validUntil } = await expectOne(
    tx.insert(emailTokens).values({ ...values, secretHash: hashSecret(token), expiresAt }).returning({ validUntil: emailTokens.expiresAt }),
  );
  await setAuthScope(tx, { accountId: account.id, email: newEmail });
  const taken = await accountByEmail(tx, newEmail);
  await setAuthScope(tx, { accountId: account.id, email: currentEmail });
  const { url } = brand();
  if (taken) await enqueueEmail(tx, { template: "address-in-use", to: newEmail, props: { signInLink: `${url}/sign-in` } });
  else await enqueueEmail(tx, { template: "confirm-email", to: newEmail, props: { link: `${url}/verify/email/${token}`, validUntil } });
}

type ConfirmationContext = PublicContext & { session: { sessionId: string; account: { id: string } } | null };

/**
 * Applies an email change, once; requires the owner's session or password, since somebody else may read the mailbox.
 * Ends the other sessions, notifies the old address and updates the memberships.
 */
export const confirmEmailChange = publicCommand({
  input: ConfirmEmailChange,
  prepare: verifyOwner,
  scope: (_context, { token }, { person }) => ({ accountId: person.id, tokenHash: hashSecret(token) }),
  async run({ tx, prepared: { person, keptSessionId }, record, mail }, input): Promise<{ email: string; token: SessionToken | null }> {
    const tokenHash = hashSecret(input.token);
    await lockAccount(tx, person.id, "no key update");
    const { email: oldEmail, payload } = await consumeTokenOrThrow(tx, "change_email", tokenHash);
    const { email } = EmailChangePayload.parse(payload);
    await setAuthScope(tx, { accountId: person.id, email: oldEmail, tokenHash });
    const change = { email, version: sql`${accounts.version} + 1`, updatedAt: sql`now()` };
    const updated = await expectOne(tx.update(accounts).set(change).where(eq(accounts.id, person.id)).returning(accountNameColumns));
    await updateMembershipEmails(tx, email);
    await voidEmailTokens(tx, ["recover", "reset", "change_email"], oldEmail);
    await setAuthScope(tx, { accountId: person.id, email });
    await voidEmailTokens(tx, ["sign_up", "validate"], email);
    const token = await revokeSessionsAfterChange(tx, person.id, keptSessionId);
    await resetLimit(tx, "sign_in", email);
    await record(updated, "email.changed", { before: { email: oldEmail }, after: { email } });
    await mail({ template: "email-changed", to: oldEmail, props: { newAddress: email, at: new Date().toISOString() } });
    return { email, token };
  },
});

/** The account behind the link, and its session if this is its own; without one, the password must be right. */
async function verifyOwner({ origin, session }: ConfirmationContext, { token, password }: { token: string; password: string }) {
  const tokenHash = hashSecret(token);
  const person = await accountByToken(tokenHash);
  const keptSessionId = session?.account.id === person.id ? session.sessionId : undefined;
  // Counted per link: a stranger who received the link must not exhaust the owner's attempts.
  const options = { limit: "email_change_confirmation", key: tokenHash.toString("hex"), note: "wrong password at the link to a new address" } as const;
  if (!keptSessionId) await requireCurrentPassword({ account: person, origin }, password, options);
  return { person, keptSessionId };
}

async function revokeSessionsAfterChange(tx: Tx, id: string, keptSessionId?: string): Promise<SessionToken | null> {
  const reason = "email changed";
  if (keptSessionId) return revokeOtherSessions(tx, { account: { id }, sessionId: keptSessionId }, reason);
  await revokeSessions(tx, id, reason);
  return null;
}

/** The account behind a usable link. */
async function accountByToken(tokenHash: Buffer): Promise<AccountIdentity> {
  return withAuthScope({ tokenHash }, async (tx) => {
    const link = await emailTokenByHash(tx, "change_email", tokenHash);
    const state = emailTokenState(link);
    if (state !== "fresh" || !link?.accountId) throw new AppError("conflict", emailTokenMessages[state === "fresh" ? "unknown" : state].text);
    await setAuthScope(tx, { accountId: link.accountId });
    const columns = { ...accountNameColumns, suspendedAt: accounts.suspendedAt };
    const [found] = await tx.select(columns).from(accounts).where(eq(accounts.id, link.accountId));
    // The account may have been deleted between the two queries.
    if (!found) throw new AppError("conflict", emailTokenMessages.unknown.text);
    const { suspendedAt, ...person } = found;
    if (suspendedAt) throw suspendedError();
    return person;
  });
}

/** Updates the email of the memberships; a membership keeps the old one where the new email is already invited. */
async function updateMembershipEmails(tx: Tx, email: string) {
  const rows = await tx.select({ id: memberships.id }).from(memberships);
  for (const { id } of rows) {
    await tx
      .transaction((savepoint) => savepoint.update(memberships).set({ email }).where(eq(memberships.id, id)))
      .catch((error: unknown) => {
        if (!isEmailTaken(error)) throw error;
      });
  }
}

const isEmailTaken = (error: unknown) =>
  (error as { cause?: { constraint_name?: string } }).cause?.constraint_name === "memberships_email_key";
