import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { accounts, emailTokens, memberships } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { Actor, RequestMetadata } from "@/lib/access/actor";
import { emailTokenByHash } from "@/lib/accounts/queries";
import { emailTokenState, enforcePasswordPolicy, type HourCycle } from "@/lib/accounts/rules";
import { hasCurrentAccess } from "@/lib/administrators/queries";
import { accessEndMoment, accessSummary } from "@/lib/administrators/rules";
import { invitationPasswordPolicy } from "@/lib/invitation-acceptance/rules";
import { AnswerInvitation, CreateLogin } from "@/lib/invitation-acceptance/schema";
import { brand } from "@/lib/brand";
import { sendCreateLoginEmail } from "@/lib/invitations/internal";
import { type Invitation, type InvitationPurpose, isPendingInvitation, lockInvitation, getInvitation } from "@/lib/invitations/queries";
import { acceptorKind, invitationError } from "@/lib/invitations/rules";
import { recordDenial } from "@/lib/kernel/access-denials";
import { accountActor, type AccountIdentity } from "@/lib/kernel/account-events";
import { lockAccount } from "@/lib/kernel/lock-account";
import { consumeEmailToken } from "@/lib/kernel/email-tokens";
import { publicCommand, type PublicContext } from "@/lib/kernel/public-command";
import { hashPassword } from "@/lib/passwords/hash";
import { type LoginContext, type LoginResult, completePrimaryAuth } from "@/lib/sessions/internal";
import { hashQueueKeys } from "@/lib/kernel/rate-limit-config";
import { type Role, roles } from "@/lib/shared/roles";
import { AppError } from "@/lib/shared/app-error";
import { fullName } from "@/lib/shared/person-name";

type Invited = { orgId: string; email: string; role: Role };

/** What follows an acceptance; a new user gets the token of the link that creates the login. */
export type AcceptanceResult = Invited & ({ outcome: "joined" | "sign_in" } | { outcome: "create_login"; token: string });

/** The signed-in account, if any; it may be another than the invited one. */
export type AcceptanceContext = PublicContext & { signedIn: AccountIdentity | null };

/**
 * Accepts an invitation once: an existing account joins, a new user goes on to create a login and is emailed the link to
 * it, and the signed-out owner of an existing account is asked to sign in first.
 */
export const acceptInvitation = publicCommand({
  input: AnswerInvitation,
  async prepare({ signedIn, origin }: AcceptanceContext, { token }) {
    const { invitation, kind, owner } = await authorizedInvitation(token, signedIn, origin);
    if (kind === "newcomer" && invitation.purpose !== "invite") throw invitationError("used");
    return { invitation, owner, mustSignIn: kind === "sign_in" };
  },
  scope: (_context, _input, { invitation, owner }) => invitationScope(invitation, owner?.id ?? invitation.membershipId),
  async run({ tx, prepared: { invitation, owner, mustSignIn }, recordInOrg, mail, nothingChanged, context: { origin } }): Promise<AcceptanceResult> {
    const { orgId, email, role, membershipId: id, firstName, lastName, organization } = invitation;
    if (mustSignIn) {
      nothingChanged();
      return { outcome: "sign_in", orgId, email, role };
    }
    await consumeInvitation(tx, invitation, owner?.id ?? id);
    await attachMembership(tx, invitation, owner ? { accountId: owner.id } : {});
    // The account will reuse this id, so the audit log shows one actor before and after the login exists.
    await recordInOrg(acceptor(invitation, owner ?? { id, email, firstName, lastName }, origin), "administrator.accepted", acceptedRole(invitation));
    if (!owner) {
      const token = await sendCreateLoginEmail(tx, orgId, organization, { id, email });
      return { outcome: "create_login", token, orgId, email, role };
    }
    const props = { organization, role: roles[role].label, access: accessSummary(invitation), accessEnds: accessEndMoment(invitation.accessEndsAt), link: `${brand().url}/orgs/${orgId}` };
    await mail({ template: "membership-added", to: email, props });
    return { outcome: "joined", orgId, email, role };
  },
});

/** Declines an invitation once and emails the person who sent it. Needs no sign-in; refused only when signed in to another account. */
export const declineInvitation = publicCommand({
  input: AnswerInvitation,
  prepare: ({ signedIn, origin }: AcceptanceContext, { token }) => authorizedInvitation(token, signedIn, origin),
  scope: (_context, _input, { invitation, owner }) => invitationScope(invitation, owner?.id ?? invitation.membershipId),
  async run({ tx, prepared: { invitation, owner }, recordInOrg, mail, context: { origin } }) {
    const { orgId, email, membershipId: id, firstName, lastName, organization, inviterEmail } = invitation;
    await consumeInvitation(tx, invitation, owner?.id ?? id);
    await voidOtherTokens(tx, invitation);
    await recordInOrg(acceptor(invitation, owner ?? { id, email, firstName, lastName }, origin), "invitation.declined", acceptedRole(invitation));
    const deleted = await tx.delete(memberships).where(isPendingInvitation(id)).returning({ id: memberships.id });
    if (deleted.length === 0) throw invitationError("withdrawn");
    const props = { organization, name: fullName({ firstName, lastName }) || "The invited person", email, link: `${brand().url}/orgs/${orgId}/administrators` };
    await mail({ template: "invitation-declined", to: inviterEmail, props });
  },
});

async function requireInvitation(token: string): Promise<Invitation> {
  const lookup = await getInvitation(token);
  if (!lookup.open) throw invitationError(lookup.problem);
  return lookup.invitation;
}

/** The invitation, who answers it, and their account when they are signed in to it. */
async function authorizedInvitation(token: string, signedIn: AccountIdentity | null, origin: RequestMetadata) {
  const invitation = await requireInvitation(token);
  const kind = await authorizeAcceptor(invitation, signedIn, origin);
  return { invitation, kind, owner: kind === "owner" ? signedIn : null };
}

const invitationScope = ({ tokenHash, email, membershipId: invitationId }: Invitation, accountId: string) => ({ accountId, email, tokenHash, invitationId });

/** Writes an `access.denied` entry when another account tries to answer. */
async function authorizeAcceptor(invitation: Invitation, signedIn: AccountIdentity | null, origin: RequestMetadata) {
  try {
    return acceptorKind(invitation, signedIn);
  } catch (error) {
    const { email, orgId, membershipId: invitationId } = invitation;
    if (signedIn) {
      await withAuthScope(invitationScope(invitation, signedIn.id), async (tx) => {
        if (!(await lockInvitation(tx, invitationId))) return;
        await recordDenial(tx, { ...accountActor(signedIn), orgId, origin }, { id: invitationId, label: `answer ${email}’s invitation` });
      });
    }
    throw error;
  }
}

type CreatedLogin = { loginResult: LoginResult; orgId: string; role: Role };

/** Creates the account for an accepted invitation and completes the login. */
export const createLogin = publicCommand({
  input: CreateLogin,
  async prepare({ origin }: LoginContext & { hourCycle?: HourCycle }, { token, password, firstName, lastName }) {
    const invitation = await requireInvitation(token);
    if (invitation.purpose !== "create_login") throw invitationError("unknown");
    if (invitation.accountId) throw accountExistsError();
    enforcePasswordPolicy(password, invitationPasswordPolicy(invitation, { email: invitation.email, firstName, lastName }));
    return { invitation, passwordHash: await hashPassword(password, hashQueueKeys(origin.ipAddress)) };
  },
  scope: (_context, _input, { invitation }) => invitationScope(invitation, invitation.membershipId),
  async run({ tx, prepared: { invitation, passwordHash }, recordInOrg, ...operation }, input): Promise<CreatedLogin> {
    const { token: _token, password: _password, terms: _terms, username: _username, analytics, ...names } = input;
    const { membershipId: id, email, orgId, role } = invitation;
    await consumeInvitation(tx, invitation, id);
    const person = { id, email, ...names, phone: names.phone || null };
    const defaults = { region: brand().region, analyticsAllowed: analytics ? ("yes" as const) : ("no" as const), lastOrganizationId: orgId };
    const inserted = await tx
      .insert(accounts)
      .values({ ...person, ...defaults, hourCycle: operation.context.hourCycle, passwordHash, passwordChangedAt: sql`now()`, termsAcceptedAt: sql`now()` })
      .onConflictDoNothing()
      .returning({ id: accounts.id });
    if (inserted.length === 0) throw accountExistsError();
    await attachMembership(tx, invitation, { accountId: id });
    await recordInOrg(acceptor(invitation, person, operation.context.origin), "administrator.joined", acceptedRole(invitation));
    return { loginResult: await completePrimaryAuth(tx, operation, id, ["password"]), orgId, role };
  },
});

const accountExistsError = () =>
  new AppError("conflict", "This address already has an account. Sign in with it, then open this link again");

/** Locks the account and the invitation, then consumes the link atomically. */
async function consumeInvitation(tx: Tx, { purpose, tokenHash, membershipId }: Invitation, accountId: string) {
  const exists = await lockAccount(tx, accountId, "key share");
  if (!exists && accountId !== membershipId) throw new AppError("unauthenticated", "This account no longer exists");
  await lockInvitation(tx, membershipId);
  if (!(await consumeEmailToken(tx, purpose, tokenHash))) throw await usedTokenError(tx, purpose, tokenHash);
}

async function usedTokenError(tx: Tx, purpose: InvitationPurpose, tokenHash: Buffer) {
  const state = emailTokenState(await emailTokenByHash(tx, purpose, tokenHash));
  return invitationError(state === "fresh" ? "used" : state);
}

async function attachMembership(tx: Tx, invitation: Invitation, owner: { accountId?: string }) {
  const updated = await tx
    .update(memberships)
    .set({ ...owner, acceptedAt: sql`coalesce(${memberships.acceptedAt}, now())`, version: sql`${memberships.version} + 1` })
    .where(and(isPendingInvitation(invitation.membershipId), hasCurrentAccess))
    .returning({ id: memberships.id });
  if (updated.length === 0) throw invitationError("withdrawn");
  await voidOtherTokens(tx, invitation);
}

async function voidOtherTokens(tx: Tx, { membershipId, tokenHash }: Invitation) {
  const others = and(eq(emailTokens.membershipId, membershipId), ne(emailTokens.secretHash, tokenHash));
  await tx.update(emailTokens).set({ voidedAt: sql`now()` }).where(and(others, isNull(emailTokens.consumedAt), isNull(emailTokens.voidedAt)));
}

const acceptedRole = ({ membershipId, role }: Invitation) => ({ subject: { id: membershipId, label: roles[role].label } });

const acceptor = ({ orgId, membershipId }: Invitation, person: AccountIdentity, origin: RequestMetadata): Actor => {
  const { id, email, firstName, lastName } = person;
  return { kind: "account", id, name: fullName({ firstName, lastName }) || email, email, orgId, membershipId, grants: [], origin };
};
