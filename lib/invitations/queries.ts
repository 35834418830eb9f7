import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { accounts, type EmailTokenPurpose, emailTokens, memberships, organizations } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { passwordRuleColumns } from "@/lib/accounts/queries";
import { emailTokenState } from "@/lib/accounts/rules";
import { Token } from "@/lib/accounts/schema";
import { emailsOfAdministrators, findAdministrator } from "@/lib/administrators/queries";
import { InviteSeveral } from "@/lib/administrators/schema";
import type { InvitationProblem } from "@/lib/invitations/rules";
import { query } from "@/lib/kernel/query";
import { hashSecret } from "@/lib/kernel/secrets";
import type { Invitee } from "@/lib/shared/invitee-list";
import { rolePermissions } from "@/lib/shared/permissions";
import { fullName } from "@/lib/shared/person-name";
import type { BulkOutcome } from "@/lib/shared/selection";

export type InvitationPurpose = Extract<EmailTokenPurpose, "invite" | "create_login">;

export type Invitation = NonNullable<Awaited<ReturnType<typeof invitationDetails>>> & { tokenHash: Buffer; accountId: string | null };

type OpenInvitation = { open: true; invitation: Invitation };
type BlockedInvitation = { open: false; problem: InvitationProblem };

const blocked = (problem: InvitationProblem): BlockedInvitation => ({ open: false, problem });

/** The invitation behind a link, or why it cannot be used; does not consume the link. */
export async function getInvitation(purpose: InvitationPurpose, token: string): Promise<OpenInvitation | BlockedInvitation> {
  if (!Token.safeParse(token).success) return blocked("unknown");
  const tokenHash = hashSecret(token);
  const link = await withAuthScope({ tokenHash }, (tx) => invitationTokenByHash(tx, purpose, tokenHash), "read only");
  const state = emailTokenState(link);
  if (!link?.orgId || !link.membershipId) return blocked("unknown");
  if (state !== "fresh") return blocked(state);

  const { orgId, membershipId, email } = link;
  const details = await withTenant({ orgId, sites: "all" }, (tx) => invitationDetails(tx, orgId, membershipId), "read only");
  if (!details || details.email !== email) return blocked("withdrawn");
  if (details.taken) return blocked("joined");
  if (details.status === "expired") return blocked("expired");
  if (!details.permitted) return blocked("not_permitted");
  if (details.scope !== "all" && details.count === 0) return blocked("no_sites");
  const hasEmail = eq(accounts.email, email);
  const [account] = await withAuthScope({ email }, (tx) => tx.select({ id: accounts.id }).from(accounts).where(hasEmail), "read only");
  return { open: true, invitation: { ...details, tokenHash, accountId: account?.id ?? null } };
}

async function invitationTokenByHash(tx: Tx, purpose: InvitationPurpose, tokenHash: Buffer) {
  const [link] = await tx
    .select({
      email: emailTokens.email,
      orgId: emailTokens.invitedOrgId,
      membershipId: emailTokens.membershipId,
      consumed: sql<boolean>`${emailTokens.consumedAt} is not null`,
      voided: sql<boolean>`${emailTokens.voidedAt} is not null`,
      expired: sql<boolean>`${emailTokens.expiresAt} <= now()`,
    })
    .from(emailTokens)
    .where(and(eq(emailTokens.secretHash, tokenHash), eq(emailTokens.purpose, purpose)));
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
        .select({ name: sql<string>`btrim(${accounts.firstName} || ' ' || ${accounts.lastName})`, role: memberships.role })
        .from(memberships)
        .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
        .where(eq(memberships.accountId, invited.invitedBy))
    : [];
  return {
    orgId,
    membershipId,
    organization: rules?.by ?? "",
    passwordRules: rules ?? {},
    inviter: inviter?.name ?? "",
    // A pending invitation is valid only while its inviter may still invite.
    permitted: inviter !== undefined && rolePermissions[inviter.role].includes("administrator.invite"),
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
  };
}

/** Matches a membership that is not accepted yet. */
export const isPendingInvitation = (membershipId: string) => and(eq(memberships.id, membershipId), isNull(memberships.accountId));

/** Locks an invitation, before its links by the lock order; false when it was accepted or withdrawn. */
export async function lockInvitation(tx: Tx, membershipId: string): Promise<boolean> {
  const locked = await tx.select({ id: memberships.id }).from(memberships).where(isPendingInvitation(membershipId)).for("no key update");
  return locked.length > 0;
}

const nameOf = (invitee: Invitee) => {
  const name = fullName(invitee);
  if (invitee.fault || !invitee.email) return invitee.typed || "A row without an address";
  return name ? `${name} (${invitee.email})` : invitee.email;
};

/** The people of a list, each with what keeps them from being invited. */
export async function checkInvitees(tx: Tx, people: readonly Invitee[]) {
  const present = await emailsOfAdministrators(tx, people.map(({ email }) => email));
  const obstacleOf = ({ email, fault }: Invitee) => {
    if (fault) return fault;
    if (!present.has(email)) return undefined;
    return present.get(email) ? "is an administrator already" : "is invited already. Resend the invitation instead";
  };
  return people.map((invitee, at) => ({ id: String(at), name: nameOf(invitee), invitee, obstacle: obstacleOf(invitee) }));
}

/** What inviting a list of people would do with each of them. */
export const previewInvitations = query({
  permission: "administrator.invite",
  input: InviteSeveral,
  async run({ tx }, { people }): Promise<BulkOutcome> {
    const items = await checkInvitees(tx, people);
    return { results: items.map(({ id, name, obstacle }) => ({ id, name, done: !obstacle, text: obstacle ?? "will be invited" })) };
  },
});
