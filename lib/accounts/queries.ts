import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { accounts, identities, type LinkPurpose, links, memberships, organizations, passkeys } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { type LinkState, passwordRules, stateOf } from "@/lib/accounts/rules";
import { Applicant, RequestKey, Token } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { googleIssuer, isGoogleOn } from "@/lib/integrations/google";
import { hashSecret } from "@/lib/kernel/secret";

const linkColumns = {
  purpose: links.purpose,
  email: links.email,
  accountId: links.accountId,
  payload: links.payload,
  consumed: sql<boolean>`${links.consumedAt} is not null`,
  voided: sql<boolean>`${links.voidedAt} is not null`,
  expired: sql<boolean>`${links.expiresAt} <= now()`,
};

/** The link with this hash, if it has this purpose. */
export async function linkOf(tx: Tx, purpose: LinkPurpose, linkHash: Buffer) {
  const [link] = await tx.select(linkColumns).from(links).where(eq(links.secretHash, linkHash));
  return link?.purpose === purpose ? link : undefined;
}

type Usable<T> = { state: "fresh"; email: string; found: T };
type Unusable = { state: Exclude<LinkState, "fresh"> };

type Link = NonNullable<Awaited<ReturnType<typeof linkOf>>>;

/** Reads what a usable link refers to, or the state of an unusable one; never consumes it. */
export function follow<T>(purpose: LinkPurpose, token: string, read: (tx: Tx, link: Link) => Promise<T>) {
  return asVisitor({ linkHash: hashSecret(token) }, async (tx): Promise<Usable<T> | Unusable> => {
    const link = Token.safeParse(token).success ? await linkOf(tx, purpose, hashSecret(token)) : undefined;
    const state = stateOf(link);
    if (state !== "fresh" || !link) return { state: state === "fresh" ? "unknown" : state };
    return { state, email: link.email, found: await read(tx, link) };
  }, "read only");
}

/** The applicant behind a validation link; does not consume it. */
export const showValidation = (token: string) =>
  follow("validate", token, async (_tx, { payload }) => {
    const { firstName, lastName, region } = Applicant.parse(payload);
    return { firstName, lastName, region };
  });

/** The account and password policy behind a reset link; does not consume it. */
export const showReset = (token: string) =>
  follow("reset", token, async (tx, { email }) => {
    await narrow(tx, { email });
    const person = await personByEmail(tx, email);
    if (!person) return null;
    await narrow(tx, { accountId: person.id });
    const { id, firstName, lastName, twoFactorSince, suspendedAt } = person;
    const status = { passwordOnly: twoFactorSince === null, suspended: suspendedAt !== null };
    return { ...status, person: { id, email, firstName, lastName }, rules: await rulesFor(tx, person) };
  });

/** The email of a sign-up or reset request, whether or not an email was sent. */
export async function addressAsked(purpose: "sign_up" | "recover", request: unknown): Promise<string | null> {
  const key = RequestKey.safeParse(request);
  if (!key.success) return null;
  const linkHash = Buffer.from(key.data, "hex");
  const link = await asVisitor({ linkHash }, (tx) => linkOf(tx, purpose, linkHash), "read only");
  return link && !link.expired ? link.email : null;
}

const personColumns = {
  id: accounts.id,
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
  passwordHash: accounts.passwordHash,
  twoFactorSince: accounts.twoFactorSince,
  suspendedAt: accounts.suspendedAt,
};

/** The account with this email, including its password hash; needs a transaction scoped to the email. */
export async function personByEmail(tx: Tx, email: string) {
  const [person] = await tx.select(personColumns).from(accounts).where(eq(accounts.email, email));
  return person;
}

/** Labels of the login methods besides the password; needs a transaction scoped to the account. */
export async function otherWays(tx: Tx, accountId: string): Promise<string[]> {
  const own = eq(passkeys.accountId, accountId);
  const linked = and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));
  const keys = await tx.select({ name: passkeys.name }).from(passkeys).where(own).orderBy(passkeys.createdAt);
  const google = isGoogleOn() ? await tx.select({ email: identities.email }).from(identities).where(linked) : [];
  return [...keys.map(({ name }) => `the passkey “${name}”`), ...google.map(({ email }) => `the Google account ${email}`)];
}

/** Columns of an organization's password rules. */
export const passwordRuleColumns = {
  by: organizations.name,
  minimum: organizations.passwordMinLength,
  special: organizations.passwordNeedsSpecial,
};

/** The password policy of an account; needs a transaction scoped to the account. */
export async function rulesFor(tx: Tx, person: { email: string; firstName: string; lastName: string }) {
  const orgs = await tx
    .select(passwordRuleColumns)
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .orderBy(organizations.name);
  return passwordRules(person, brand().name, orgs);
}
