import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { accounts, emailTokens, memberships } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { emailTokenByHash } from "@/lib/accounts/queries";
import { buildPasswordPolicy, emailTokenState } from "@/lib/accounts/rules";
import { accessSummary } from "@/lib/administrators/rules";
import { AcceptInvitation, CreateLogin } from "@/lib/invitation-acceptance/schema";
import { brand } from "@/lib/brand";
import { sendCreateLoginEmail } from "@/lib/invitations/internal";
import { type Invitation, type InvitationPurpose, lockInvitation, getInvitation } from "@/lib/invitations/queries";
import { acceptorKind, invitationError } from "@/lib/invitations/rules";
import { writeAuditEntry } from "@/lib/kernel/audit";
import { accountActor, type AccountIdentity } from "@/lib/kernel/account-events";
import { lockAccount } from "@/lib/kernel/lock-account";
import { consumeEmailToken } from "@/lib/kernel/email-tokens";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { parse } from "@/lib/kernel/parse";
import { hashPassword } from "@/lib/passwords/hash";
import { passwordProblems } from "@/lib/passwords/rules";
import { type LoginResult, completePrimaryAuth } from "@/lib/sessions/internal";
import { hashQueueKeys } from "@/lib/kernel/rate-limit-config";
import { type Role, roles } from "@/lib/shared/roles";
import { AppError } from "@/lib/shared/app-error";

export type AcceptanceResult = { outcome: "joined" | "create_login" | "sign_in"; orgId: string; email: string; role: Role };

/**
 * Accepts an invitation once: an existing account joins, a new user is emailed a link to create a login, and the
 * signed-out owner of an existing account is asked to sign in first.
 */
export async function acceptInvitation(raw: unknown, signedIn: AccountIdentity | null, origin: RequestMetadata): Promise<AcceptanceResult> {
  const { purpose, token } = parse(AcceptInvitation, raw);
  const lookup = await getInvitation(purpose, token);
  if (!lookup.open) throw invitationError(lookup.problem);
  const { invitation } = lookup;
  const { orgId, email, role } = invitation;
  const kind = await authorizeAcceptor(invitation, signedIn, origin);
  if (kind === "sign_in") return { outcome: "sign_in", orgId, email, role };
  if (kind === "owner" && signedIn) {
    await withInvitation(invitation, purpose, signedIn.id, (tx) => acceptWithAccount(tx, invitation, signedIn, origin));
    return { outcome: "joined", orgId, email, role };
  }
  if (purpose !== "invite") throw invitationError("used");
  await withInvitation(invitation, purpose, invitation.membershipId, (tx) => acceptAsNewUser(tx, invitation, origin));
  return { outcome: "create_login", orgId, email, role };
}

/** Writes an `access.denied` entry when another account tries to accept. */
async function authorizeAcceptor(invitation: Invitation, signedIn: AccountIdentity | null, origin: RequestMetadata) {
  try {
    return acceptorKind(invitation, signedIn);
  } catch (error) {
    const { tokenHash, email, orgId, membershipId: invitationId } = invitation;
    if (signedIn) {
      await withAuthScope({ accountId: signedIn.id, email, tokenHash, invitationId }, async (tx) => {
        if (!(await lockInvitation(tx, invitationId))) return;
        await writeAuditEntry(tx, { ...accountActor(signedIn), orgId, origin }, "access.denied", { subject: { id: invitationId, label: `invitation of ${email}` } });
      });
    }
    throw error;
  }
}

type CreatedLogin = { loginResult: LoginResult; orgId: string; role: Role };

/** Creates the account for an accepted invitation and completes the login. */
export async function createLogin(raw: unknown, origin: RequestMetadata): Promise<CreatedLogin> {
  const { token, password, analytics, terms: _, username: __, ...names } = parse(CreateLogin, raw);
  const lookup = await getInvitation("create_login", token);
  if (!lookup.open) throw invitationError(lookup.problem);
  const { invitation } = lookup;
  if (invitation.accountId) throw accountExistsError();
  const person = { id: invitation.membershipId, email: invitation.email, ...names, phone: names.phone || null };
  const problems = passwordProblems(password, invitationPasswordPolicy(invitation, person));
  if (problems.length > 0) throw new AppError("invalid", "Choose another password", { password: [problems.join(". ")] });
  const defaults = { region: brand().region, analyticsAllowed: analytics ? ("yes" as const) : ("no" as const), lastOrganizationId: invitation.orgId };
  const passwordHash = await hashPassword(password, hashQueueKeys(origin.ipAddress));
  const loginResult = await withInvitation(invitation, "create_login", person.id, async (tx) => {
    const inserted = await tx
      .insert(accounts)
      .values({ ...person, ...defaults, passwordHash, passwordChangedAt: sql`now()`, termsAcceptedAt: sql`now()` })
      .onConflictDoNothing()
      .returning({ id: accounts.id });
    if (inserted.length === 0) throw accountExistsError();
    await attachMembership(tx, invitation, { accountId: person.id });
    await recordAcceptance(tx, invitation, person, origin, "administrator.joined");
    return completePrimaryAuth(tx, person.id, ["password"]);
  });
  return { loginResult, orgId: invitation.orgId, role: invitation.role };
}

/** The password policy for the new login. */
export const invitationPasswordPolicy = (invitation: Invitation, person: Omit<AccountIdentity, "id">) =>
  buildPasswordPolicy(person, brand().name, [invitation.passwordRules]);

const accountExistsError = () =>
  new AppError("conflict", "There is an account with this address already. Sign in with it, then open this link again");

/** Consumes the link atomically and runs `work` in the same transaction, scoped to this invitation. */
function withInvitation<T>(invitation: Invitation, purpose: InvitationPurpose, accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { tokenHash, email, membershipId: invitationId } = invitation;
  return withAuthScope({ accountId, email, tokenHash, invitationId }, async (tx) => {
    const exists = await lockAccount(tx, accountId, "key share");
    if (!exists && accountId !== invitationId) throw new AppError("unauthenticated", "There is no such account any more");
    await lockInvitation(tx, invitationId);
    if (!(await consumeEmailToken(tx, purpose, tokenHash))) throw await usedTokenError(tx, purpose, tokenHash);
    return work(tx);
  });
}

async function usedTokenError(tx: Tx, purpose: InvitationPurpose, tokenHash: Buffer) {
  const state = emailTokenState(await emailTokenByHash(tx, purpose, tokenHash));
  return invitationError(state === "fresh" ? "used" : state);
}

async function acceptWithAccount(tx: Tx, invitation: Invitation, person: AccountIdentity, origin: RequestMetadata) {
  await attachMembership(tx, invitation, { accountId: person.id });
  await recordAcceptance(tx, invitation, person, origin, "administrator.accepted");
  const { organization, role, orgId, email } = invitation;
  const props = { organization, role: roles[role].label, access: accessSummary(invitation), link: `${brand().url}/orgs/${orgId}` };
  await enqueueEmail(tx, { template: "membership-added", to: email, props });
}

async function acceptAsNewUser(tx: Tx, invitation: Invitation, origin: RequestMetadata) {
  const { membershipId: id, email, firstName, lastName, orgId, organization } = invitation;
  await attachMembership(tx, invitation, {});
  // The account will reuse this id, so the audit log shows one actor before and after the login exists.
  await recordAcceptance(tx, invitation, { id, email, firstName, lastName }, origin, "administrator.accepted");
  await sendCreateLoginEmail(tx, orgId, organization, { id, email });
}

async function attachMembership(tx: Tx, { membershipId, tokenHash }: Invitation, owner: { accountId?: string }) {
  const updated = await tx
    .update(memberships)
    .set({ ...owner, acceptedAt: sql`coalesce(${memberships.acceptedAt}, now())`, version: sql`${memberships.version} + 1` })
    .where(and(eq(memberships.id, membershipId), isNull(memberships.accountId)))
    .returning({ id: memberships.id });
  if (updated.length === 0) throw invitationError("withdrawn");
  const others = and(eq(emailTokens.membershipId, membershipId), ne(emailTokens.secretHash, tokenHash));
  await tx.update(emailTokens).set({ voidedAt: sql`now()` }).where(and(others, isNull(emailTokens.consumedAt), isNull(emailTokens.voidedAt)));
}

type AcceptanceEvent = "administrator.accepted" | "administrator.joined";

function recordAcceptance(tx: Tx, { orgId, membershipId, role }: Invitation, person: AccountIdentity, origin: RequestMetadata, name: AcceptanceEvent) {
  const { id, email, firstName, lastName } = person;
  const actor = { kind: "account" as const, id, name: `${firstName} ${lastName}`, email, orgId, membershipId, grants: [], origin };
  return writeAuditEntry(tx, actor, name, { subject: { id: membershipId, label: roles[role].label } });
}
