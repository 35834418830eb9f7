import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { QueueName } from "@/db/queue-config";
import { accounts, emailTokens } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { consumeTokenOrThrow, lockEmail, voidEmailTokens, sendSecurityNotice } from "@/lib/accounts/internal";
import { emailTokenByHash, otherLoginMethods, getPasswordReset, accountNameColumns, signUpOfBrowser } from "@/lib/accounts/queries";
import { emailTokenMessages, signUpLinkMessages, buildPasswordPolicy, describeClient, emailTokenState, type HourCycle, suspendedError, enforcePasswordPolicy, accountFromSignUp } from "@/lib/accounts/rules";
import { SignUpPayload, RequestSignUp, RequestPasswordReset, ResetPassword, ResendEmail, VerifyEmail } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { lockAccount } from "@/lib/kernel/lock-account";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { publicCommand, type PublicContext } from "@/lib/kernel/public-command";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { completePrimaryAuth, type LoginContext, type LoginResult, revokeSessions } from "@/lib/sessions/internal";
import { resetLimit, refundLimit, isLimitExhausted, consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork, hashQueueKeys } from "@/lib/kernel/rate-limit-config";
import { AppError } from "@/lib/shared/app-error";
import type { AuthMethod } from "@/lib/shared/login-flow";

type RequestPurpose = "sign_up" | "recover";

const queueByPurpose = { sign_up: "account.sign_up", recover: "account.recover" } as const;

// Sign-ups count per address and network, so that a stranger cannot use up the attempts of the owner. Resets count per
// address: whoever asks for them, each email brings the owner a link that works.
function emailLimits(purpose: RequestPurpose, email: string, { ipAddress }: RequestMetadata) {
  const network = ipNetwork(ipAddress);
  const limit = purpose === "sign_up" ? (["sign_up_mail", `${email} ${network}`] as const) : (["recover_mail", email] as const);
  return [limit, ["mail_network", network]] as const;
}

/** The request of a sign-up, with the secret that its browser keeps until it comes back by the link. */
type SignUpContext = PublicContext & { browserSecret?: string | null };

/** Queues a sign-up; the worker checks whether the email is taken, so the response reveals nothing. */
export const requestSignUp = publicCommand({
  input: RequestSignUp,
  validate: (_context: SignUpContext, input) => enforcePasswordPolicy(input.password, buildPasswordPolicy(input, brand().name)),
  limits: ({ origin }, { email }) => emailLimits("sign_up", email, origin),
  prepare: ({ origin }, { password }) => hashPassword(password, hashQueueKeys(origin.ipAddress)),
  scope: (_context, { email }) => ({ email }),
  run({ tx, context: { browserSecret }, prepared: passwordHash, enqueue }, { password: _, terms: __, email, analytics, ...details }) {
    const analyticsAllowed = analytics ? "yes" : "no";
    const browserHash = browserSecret ? hashSecret(browserSecret).toString("hex") : undefined;
    const payload: SignUpPayload = { ...details, analyticsAllowed, termsAcceptedAt: new Date().toISOString(), passwordHash, browserHash };
    return createRequest({ tx, enqueue }, "sign_up", email, payload);
  },
});

/** Queues a password reset; same work and same response whether or not the account exists. */
export const requestPasswordReset = publicCommand({
  input: RequestPasswordReset,
  limits: ({ origin }, { email }) => emailLimits("recover", email, origin),
  scope: (_context, { email }) => ({ email }),
  run: ({ tx, enqueue }, { email }) => createRequest({ tx, enqueue }, "recover", email, null),
});

/** Sends the requested email again, within the rate limits. */
export const resendEmail = publicCommand({
  input: ResendEmail,
  scope: (_context: PublicContext & { purpose: RequestPurpose }, { request }) => ({ tokenHash: Buffer.from(request, "hex") }),
  async run({ tx, context: { purpose, origin }, enqueue }, { request }) {
    const link = await emailTokenByHash(tx, purpose, Buffer.from(request, "hex"));
    if (!link || link.expired) throw new AppError("not_found", "This page has been open for too long. Start again");
    for (const [limit, subject] of emailLimits(purpose, link.email, origin)) await consumeLimit(tx, limit, subject);
    await enqueue(queueByPurpose[purpose], { request, attempt: v7() });
    return request;
  },
});

type RequestScope = { tx: Tx; enqueue: (name: QueueName, payload: Record<string, string>) => Promise<void> };

// The secret is discarded: the hash only identifies the request, so this row can never be followed as a link.
async function createRequest({ tx, enqueue }: RequestScope, purpose: RequestPurpose, email: string, payload: SignUpPayload | null): Promise<string> {
  const secretHash = hashSecret(generateSecret());
  const expiresAt = sql`now() + make_interval(hours => ${env().LINK_HOURS})`;
  await tx.insert(emailTokens).values({ purpose, email, payload, secretHash, expiresAt });
  const request = secretHash.toString("hex");
  await enqueue(queueByPurpose[purpose], { request, attempt: v7() });
  return request;
}

const passwordMissing = "Enter the password you chose when you signed up";
const wrongPasswordMessage = "Wrong password for this link. If you signed up more than once, use the link in the other email. If you never signed up, close this page";

const passwordError = (message: string) => new AppError("invalid", message, { password: [message] });

type VerificationContext = LoginContext & { browserSecret?: string | null; hourCycle?: HourCycle };

/**
 * Creates the account behind a validation link, once, voids all other links of the email and completes the login. The
 * browser that signed up needs no password and may use any of these links; another browser needs the password of its link.
 */
export const verifyEmail = publicCommand({
  input: VerifyEmail,
  prepare: verifyApplicant,
  scope: (_context, { token }) => ({ tokenHash: hashSecret(token) }),
  async run({ tx, prepared: { signUp, method, linkEmail }, ...operation }, { token }): Promise<LoginResult> {
    await lockEmail(tx, linkEmail);
    const { email } = await consumeTokenOrThrow(tx, "validate", hashSecret(token), signUpLinkMessages);
    const [account] = await tx
      .insert(accounts)
      .values({ ...accountFromSignUp(signUp, email), hourCycle: operation.context.hourCycle, passwordChangedAt: sql`now()` })
      .onConflictDoNothing({ target: accounts.email })
      .returning(accountNameColumns);
    if (!account) throw new AppError("conflict", "This address already has an account. Sign in, or choose a new password");
    await voidEmailTokens(tx, ["sign_up", "validate"], email);
    await setAuthScope(tx, { accountId: account.id });
    await operation.record(account, "account.created");
    return completePrimaryAuth(tx, operation, account.id, [method]);
  },
});

type Applicant = { signUp: SignUpPayload; method: AuthMethod; linkEmail: string };

// Prevents account pre-hijacking: the owner of the email must not activate a password that an attacker chose.
async function verifyApplicant({ origin, browserSecret = null }: VerificationContext, { token, password }: { token: string; password: string }): Promise<Applicant> {
  const tokenHash = hashSecret(token);
  const key = tokenHash.toString("hex");
  const { ownSignUp, signUp, linkEmail } = await withAuthScope({ tokenHash }, async (tx) => {
    const link = await emailTokenByHash(tx, "validate", tokenHash);
    const state = emailTokenState(link);
    if (state !== "fresh" || !link) throw new AppError("conflict", signUpLinkMessages[state === "fresh" ? "unknown" : state].text);
    const ownSignUp = await signUpOfBrowser(tx, link.email, browserSecret);
    if (!ownSignUp && password === "") throw passwordError(passwordMissing);
    if (!ownSignUp) await consumeLimit(tx, "account_validation", key);
    return { ownSignUp, signUp: SignUpPayload.parse(link.payload), linkEmail: link.email };
  });
  if (ownSignUp) return { signUp: ownSignUp, method: "link", linkEmail };
  const verdict = await verifyPassword(signUp.passwordHash, password, hashQueueKeys(origin.ipAddress, key)).catch(async (error: unknown) => {
    await withAuthScope({ tokenHash }, (tx) => refundLimit(tx, "account_validation", key));
    throw error;
  });
  if (!verdict.ok) throw passwordError(wrongPasswordMessage);
  return { signUp, method: "password", linkEmail };
}

type ResetResult = { accountId: string; email: string; hasOtherMethods: boolean };

/**
 * Sets a new password by an emailed link, once: ends all sessions and resets the failed-attempt limits.
 * Other login methods stay; the notice to the owner lists them.
 */
export const resetPassword = publicCommand({
  input: ResetPassword,
  prepare: prepareReset,
  scope: (_context, { token }, { person }) => ({ accountId: person.id, tokenHash: hashSecret(token) }),
  async run({ tx, context: { origin }, prepared: { person, passwordHash }, record }, { token }): Promise<ResetResult> {
    await lockAccount(tx, person.id, "no key update");
    const { accountId } = await consumeTokenOrThrow(tx, "reset", hashSecret(token));
    if (accountId !== person.id) throw new AppError("conflict", emailTokenMessages.unknown.text);
    await setAuthScope(tx, { email: person.email, accountId });
    const change = { passwordHash, passwordChangedAt: sql`now()`, version: sql`${accounts.version} + 1` };
    const active = and(eq(accounts.id, accountId), isNull(accounts.suspendedAt));
    const changed = await tx.update(accounts).set(change).where(active).returning({ id: accounts.id });
    if (changed.length === 0) throw suspendedError();
    await voidEmailTokens(tx, ["recover", "reset", "change_email"], person.email);
    await resetLimit(tx, "sign_in", person.email);
    await resetSecondFactorLimit(tx, accountId);
    await revokeSessions(tx, accountId, "password reset");
    await resetLimit(tx, "reauthentication", accountId);
    await record(person, "password.reset");
    const methods = await otherLoginMethods(tx, accountId);
    await (methods.length > 0 ? sendPasswordReplacedNotice(tx, person.email, methods, origin) : sendSecurityNotice(tx, person.email, "Your password was changed", origin));
    return { accountId, email: person.email, hasOtherMethods: methods.length > 0 };
  },
});

/** Reads the link, checks the new password against the policy of the account and hashes it. */
async function prepareReset({ origin }: PublicContext, { token, password }: { token: string; password: string }) {
  const reset = await getPasswordReset(token);
  if (reset.state !== "fresh") throw new AppError("conflict", emailTokenMessages[reset.state].text);
  if (!reset.data) throw new AppError("conflict", emailTokenMessages.unknown.text);
  const { person, rules, suspended } = reset.data;
  if (suspended) throw suspendedError();
  enforcePasswordPolicy(password, rules);
  return { person, passwordHash: await hashPassword(password, hashQueueKeys(origin.ipAddress)) };
}

const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

function sendPasswordReplacedNotice(tx: Tx, to: string, methods: string[], origin: RequestMetadata) {
  const { url } = brand();
  const urls = { link: `${url}/account?dialog=login-methods`, recoverLink: `${url}/recover` };
  return enqueueEmail(tx, { template: "password-replaced", to, props: { at: new Date().toISOString(), from: describeClient(origin), ways: listFormat.format(methods), ...urls } });
}

// Limited per day, so that access to a mailbox does not allow unlimited guessing of codes.
async function resetSecondFactorLimit(tx: Tx, accountId: string) {
  if (await isLimitExhausted(tx, "second_factor_reset", accountId)) return;
  await consumeLimit(tx, "second_factor_reset", accountId);
  await resetLimit(tx, "second_factor", accountId);
}
