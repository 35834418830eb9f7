import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { accounts, type EmailTokenPurpose, emailTokens, memberships, organizations } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { passwordRuleColumns } from "@/lib/accounts/queries";
import { emailTokenState } from "@/lib/accounts/rules";
import { Token } from "@/lib/accounts/schema";
import { findAdministrator, hasCurrentAccess } from "@/lib/administrators/queries";
import { brand } from "@/lib/brand";
import type { InvitationProblem } from "@/lib/invitations/rules";
import { hashSecret } from "@/lib/kernel/secrets";
import { rolePermissions } from "@/lib/shared/permissions";

export type InvitationPurpose = Extract<EmailTokenPurpose, "invite" | "create_login">;

export type Invitation = NonNullable<Awaited<ReturnType<typeof invitationDetails>>> & { purpose: InvitationPurpose; tokenHash: Buffer; accountId: string | null };

type OpenInvitation = { open: true; invitation: Invitation };
type BlockedInvitation = { open: false; problem: InvitationProblem };

const blocked = (problem: InvitationProblem): BlockedInvitation => ({ open: false, problem });

/** The invitation behind a link and what the link is for, or why it cannot be used; does not consume the link. */
export async function getInvitation(token: string): Promise<OpenInvitation | BlockedInvitation> {
  if (!Token.safeParse(token).success) return blocked("unknown");
  const tokenHash = hashSecret(token);
  const link = await withAuthScope({ tokenHash }, (tx) => invitationTokenByHash(tx, tokenHash), "read only");
  const state = emailTokenState(link);
  if (!link?.orgId || !link.membershipId || !isInvitationPurpose(link.purpose)) return blocked("unknown");
  const { orgId, membershipId, email, purpose } = link;
  if (state !== "fresh") return blocked(state);

  const details = await withTenant({ orgId, sites: "all" }, (tx) => invitationDetails(tx, orgId, membershipId), "read only");
  if (!details || details.email !== email) return blocked("withdrawn");
  if (details.taken) return blocked("joined");
  if (details.status === "ended") return blocked("ended");
  if (details.status === "expired") return blocked("expired");
  if (!details.permitted) return blocked("not_permitted");
  if (details.scope !== "all" && details.count === 0) return blocked("no_sites");
  const hasEmail = eq(accounts.email, email);
  const [account] = await withAuthScope({ email }, (tx) => tx.select({ id: accounts.id }).from(accounts).where(hasEmail), "read only");
  return { open: true, invitation: { ...details, purpose, tokenHash, accountId: account?.id ?? null } };
}

const isInvitationPurpose = (purpose: EmailTokenPurpose): purpose is InvitationPurpose => purpose === "invite" || purpose === "create_login";

async function invitationTokenByHash(tx: Tx, tokenHash: Buffer) {
  const [link] = await tx
    .select({
      purpose: emailTokens.purpose,
      email: emailTokens.email,
      orgId: emailTokens.invitedOrgId,
      membershipId: emailTokens.membershipId,
      consumed: sql<boolean>`${emailTokens.consumedAt} is not null`,
      voided: sql<boolean>`${emailTokens.voidedAt} is not null`,
      expired: sql<boolean>`${emailTokens.expiresAt} <= now()`,
    })
    .from(emailTokens)
    .where(eq(emailTokens.secretHash, tokenHash));
  return link;
}

async function invitationDetails(tx: Tx, orgId: string, membershipId: string) {
  const invited = await findAdministrator(tx, membershipId);
  if (!invited) return null;
  const [rules] = await tx
    .select(passwordRuleColumns)
    .from(organizations)
    .where(eq(organizations.id, orgId));
  const [inviter] = invited.invitedBy
    ? await tx
        .select({ name: sql<string>`btrim(${accounts.firstName} || ' ' || ${accounts.lastName})`, email: accounts.email, role: memberships.role })
        .from(memberships)
        .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
        .where(and(eq(memberships.accountId, invited.invitedBy), hasCurrentAccess))
    : [];
  return {
    orgId,
    membershipId,
    organization: rules?.by ?? "",
    passwordRules: rules ?? {},
    inviter: invited.invitedBy ? (inviter?.name ?? "") : brand().operator,
    inviterEmail: inviter?.email ?? "",
    // A pending invitation is valid only while the member who sent it may still invite; the operator's staff always may.
    permitted: !invited.invitedBy || (inviter !== undefined && rolePermissions[inviter.role].includes("administrator.invite")),
    taken: invited.accountId !== null,
    status: invited.status,
    email: invited.email,
    firstName: invited.firstName,
    lastName: invited.lastName,
    phone: invited.phone ?? "",
    role: invited.role,
    scope: invited.scope,
    names: invited.names,
    count: invited.count,
    expiresAt: invited.expiresAt,
    accessEndsAt: invited.accessEndsAt,
  };
}

/** Matches a membership that is not accepted yet. */
export const isPendingInvitation = (membershipId: string) => and(eq(memberships.id, membershipId), isNull(memberships.accountId));

/** Locks an invitation, before its links by the lock order; false when it was accepted or withdrawn. */
export async function lockInvitation(tx: Tx, membershipId: string): Promise<boolean> {
  const locked = await tx.select({ id: memberships.id }).from(memberships).where(isPendingInvitation(membershipId)).for("no key update");
  return locked.length > 0;
}
