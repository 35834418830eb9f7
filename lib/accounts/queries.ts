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

/** The row behind a link's hash, if it was made for this purpose. */
export async function linkOf(tx: Tx, purpose: LinkPurpose, linkHash: Buffer) {
  const [link] = await tx.select(linkColumns).from(links).where(eq(links.secretHash, linkHash));
  return link?.purpose === purpose ? link : undefined;
}

type Followed<T> = { state: "fresh"; email: string; found: T } | { state: Exclude<LinkState, "fresh"> };

type Link = NonNullable<Awaited<ReturnType<typeof linkOf>>>;

/** What a mailed link leads to while it is open, or what has become of it; looking uses nothing up (LNK-3). */
export function follow<T>(purpose: LinkPurpose, token: string, look: (tx: Tx, link: Link) => Promise<T>) {
  return asVisitor({ linkHash: hashSecret(token) }, async (tx): Promise<Followed<T>> => {
    const link = Token.safeParse(token).success ? await linkOf(tx, purpose, hashSecret(token)) : undefined;
    const state = stateOf(link);
    if (state !== "fresh" || !link) return { state: state === "fresh" ? "unknown" : state };
    return { state, email: link.email, found: await look(tx, link) };
  }, "read only");
}

/** Who a validation link would make an account for; looking uses nothing up (LNK-3). */
export const showValidation = (token: string) =>
  follow("validate", token, async (_tx, { payload }) => {
    const { firstName, lastName, region } = Applicant.parse(payload);
    return { firstName, lastName, region };
  });

/** What a new password must look like for the account behind a reset link; looking uses nothing up (LNK-3). */
export const showReset = (token: string) =>
  follow("reset", token, async (tx, { email }) => {
    await narrow(tx, { email });
    const person = await personByEmail(tx, email);
    if (!person) return null;
    await narrow(tx, { accountId: person.id });
    const { id, firstName, lastName, twoFactorSince, suspendedAt } = person;
    const facts = { alone: twoFactorSince === null, suspended: suspendedAt !== null };
    return { ...facts, person: { id, email, firstName, lastName }, rules: await rulesFor(tx, person) };
  });

/** The address that a mail was asked for, whether or not one was sent. */
export async function addressAsked(purpose: "sign_up" | "recover", request: unknown): Promise<string | null> {
  const key = RequestKey.safeParse(request);
  if (!key.success) return null;
  const linkHash = Buffer.from(key.data, "hex");
  const asked = await asVisitor({ linkHash }, (tx) => linkOf(tx, purpose, linkHash), "read only");
  return asked && !asked.expired ? asked.email : null;
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

/** The account of the address that the visitor claims, with what only sign-in may compare. */
export async function personByEmail(tx: Tx, email: string) {
  const [person] = await tx.select(personColumns).from(accounts).where(eq(accounts.email, email));
  return person;
}

/** What opens an account besides its password, in words; the transaction must be the account's own (ACC-15). */
export async function otherWays(tx: Tx, accountId: string): Promise<string[]> {
  const own = eq(passkeys.accountId, accountId);
  const linked = and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));
  const held = await tx.select({ name: passkeys.name }).from(passkeys).where(own).orderBy(passkeys.createdAt);
  const google = isGoogleOn() ? await tx.select({ email: identities.email }).from(identities).where(linked) : [];
  return [...held.map(({ name }) => `the passkey “${name}”`), ...google.map(({ email }) => `the Google account ${email}`)];
}

/** The rules for a password of this account; the transaction must be the account's own. */
export async function rulesFor(tx: Tx, person: { email: string; firstName: string; lastName: string }) {
  const held = await tx
    .select({ name: organizations.name, minimum: organizations.passwordMinLength, special: organizations.passwordNeedsSpecial })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .orderBy(organizations.name);
  return passwordRules(person, brand().name, held);
}
