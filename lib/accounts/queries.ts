import "server-only";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { accounts, identities, type EmailTokenPurpose, emailTokens, memberships, organizations, passkeys } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { type EmailTokenState, buildPasswordPolicy, emailTokenState } from "@/lib/accounts/rules";
import { SignUpPayload, RequestKey, Token } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { googleIssuer, isGoogleEnabled } from "@/lib/integrations/google";
import { hashSecret } from "@/lib/kernel/secrets";

const emailTokenColumns = {
  purpose: emailTokens.purpose,
  email: emailTokens.email,
  accountId: emailTokens.accountId,
  payload: emailTokens.payload,
  consumed: sql<boolean>`${emailTokens.consumedAt} is not null`,
  voided: sql<boolean>`${emailTokens.voidedAt} is not null`,
  expired: sql<boolean>`${emailTokens.expiresAt} <= now()`,
};

/** The link with this hash, if it has this purpose. */
export async function emailTokenByHash(tx: Tx, purpose: EmailTokenPurpose, tokenHash: Buffer) {
  const [link] = await tx.select(emailTokenColumns).from(emailTokens).where(eq(emailTokens.secretHash, tokenHash));
  return link?.purpose === purpose ? link : undefined;
}

type UsableToken<T> = { state: "fresh"; email: string; data: T };
type UnusableToken = { state: Exclude<EmailTokenState, "fresh"> };

type EmailTokenRow = NonNullable<Awaited<ReturnType<typeof emailTokenByHash>>>;

/** Reads what a usable link refers to, or the state of an unusable one; never consumes it. */
export function readEmailToken<T>(purpose: EmailTokenPurpose, token: string, read: (tx: Tx, link: EmailTokenRow) => Promise<T>) {
  return withAuthScope({ tokenHash: hashSecret(token) }, async (tx): Promise<UsableToken<T> | UnusableToken> => {
    const link = Token.safeParse(token).success ? await emailTokenByHash(tx, purpose, hashSecret(token)) : undefined;
    const state = emailTokenState(link);
    if (state !== "fresh" || !link) return { state: state === "fresh" ? "unknown" : state };
    return { state, email: link.email, data: await read(tx, link) };
  }, "read only");
}

/** The person whom a validation link would create, and whether this browser signed up and need not give the password; does not consume it. */
export const getEmailVerification = (token: string, browserSecret: string | null = null) =>
  readEmailToken("validate", token, async (tx, { email, payload }) => {
    const ownSignUp = await signUpOfBrowser(tx, email, browserSecret);
    const { firstName, lastName, region } = ownSignUp ?? SignUpPayload.parse(payload);
    return { firstName, lastName, region, needsPassword: !ownSignUp };
  });

/** The newest sign-up of this browser for an email; makes the email the scope of the transaction. */
export async function signUpOfBrowser(tx: Tx, email: string, browserSecret: string | null): Promise<SignUpPayload | null> {
  if (!browserSecret) return null;
  await setAuthScope(tx, { email });
  const isOwn = sql`${emailTokens.payload} ->> 'browserHash' = ${hashSecret(browserSecret).toString("hex")}`;
  const isOpen = and(isNull(emailTokens.voidedAt), gt(emailTokens.expiresAt, sql`now()`));
  const [signUp] = await tx
    .select({ payload: emailTokens.payload })
    .from(emailTokens)
    .where(and(eq(emailTokens.email, email), eq(emailTokens.purpose, "sign_up"), isOpen, isOwn))
    .orderBy(desc(emailTokens.createdAt))
    .limit(1);
  return signUp ? SignUpPayload.parse(signUp.payload) : null;
}

/** The account and password policy behind a reset link; does not consume it. */
export const getPasswordReset = (token: string) =>
  readEmailToken("reset", token, async (tx, { email }) => {
    await setAuthScope(tx, { email });
    const person = await accountByEmail(tx, email);
    if (!person) return null;
    await setAuthScope(tx, { accountId: person.id });
    const { id, firstName, lastName, twoFactorEnabledAt, suspendedAt } = person;
    const status = { passwordOnly: twoFactorEnabledAt === null, suspended: suspendedAt !== null };
    return { ...status, person: { id, email, firstName, lastName }, rules: await accountPasswordPolicy(tx, person) };
  });

/** The email of a sign-up or reset request, whether or not an email was sent. */
export async function getRequestedEmail(purpose: "sign_up" | "recover", request: unknown): Promise<string | null> {
  const key = RequestKey.safeParse(request);
  if (!key.success) return null;
  const tokenHash = Buffer.from(key.data, "hex");
  const link = await withAuthScope({ tokenHash }, (tx) => emailTokenByHash(tx, purpose, tokenHash), "read only");
  return link && !link.expired ? link.email : null;
}

const accountAuthColumns = {
  id: accounts.id,
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
  passwordHash: accounts.passwordHash,
  twoFactorEnabledAt: accounts.twoFactorEnabledAt,
  suspendedAt: accounts.suspendedAt,
};

/** The account with this email, including its password hash; needs a transaction scoped to the email. */
export async function accountByEmail(tx: Tx, email: string) {
  const [person] = await tx.select(accountAuthColumns).from(accounts).where(eq(accounts.email, email));
  return person;
}

/** Labels of the login methods besides the password; needs a transaction scoped to the account. */
export async function otherLoginMethods(tx: Tx, accountId: string): Promise<string[]> {
  const own = eq(passkeys.accountId, accountId);
  const linked = and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));
  const keys = await tx.select({ name: passkeys.name }).from(passkeys).where(own).orderBy(passkeys.createdAt);
  const google = isGoogleEnabled() ? await tx.select({ email: identities.email }).from(identities).where(linked) : [];
  return [...keys.map(({ name }) => `the passkey “${name}”`), ...google.map(({ email }) => `the Google account ${email}`)];
}

/** Columns of an organization's password rules. */
export const passwordRuleColumns = {
  by: organizations.name,
  minimum: organizations.passwordMinLength,
  special: organizations.passwordNeedsSpecial,
};

/** The password rules of each organization of an account; needs a transaction scoped to the account. */
export const passwordRulesOfOrganizations = (tx: Tx) =>
  tx
    .select(passwordRuleColumns)
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .orderBy(naturalOrder(organizations.name));

/** The password policy of an account; needs a transaction scoped to the account. */
export const accountPasswordPolicy = async (tx: Tx, person: { email: string; firstName: string; lastName: string }) =>
  buildPasswordPolicy(person, brand().name, await passwordRulesOfOrganizations(tx));

export const accountNameColumns = {
  id: accounts.id,
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
};
