import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { accounts, type LinkPurpose, links, memberships, organizations } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import type { Tx } from "@/db/tx";
import { passwordRuleColumns } from "@/lib/accounts/queries";
import { stateOf } from "@/lib/accounts/rules";
import { Token } from "@/lib/accounts/schema";
import { findAdministrator } from "@/lib/administrators/queries";
import type { Obstacle } from "@/lib/invitations/rules";
import { hashSecret } from "@/lib/kernel/secret";
import { roleFacts } from "@/lib/vocabulary/access";

export type InvitationLink = Extract<LinkPurpose, "invite" | "create_login">;

export type Invitation = NonNullable<Awaited<ReturnType<typeof offerOf>>> & { linkHash: Buffer; accountId: string | null };

type Open = { open: true; invitation: Invitation };
type Blocked = { open: false; obstacle: Obstacle };

const blocked = (problem: Obstacle): Blocked => ({ open: false, obstacle: problem });

/** The invitation behind a link, or why it cannot be used; does not consume the link. */
export async function showInvitation(purpose: InvitationLink, token: string): Promise<Open | Blocked> {
  if (!Token.safeParse(token).success) return blocked("unknown");
  const linkHash = hashSecret(token);
  const link = await asVisitor({ linkHash }, (tx) => linkOf(tx, purpose, linkHash), "read only");
  const state = stateOf(link);
  if (!link?.orgId || !link.membershipId) return blocked("unknown");
  if (state !== "fresh") return blocked(state);

  const { orgId, membershipId, email } = link;
  const details = await withinScope({ orgId, sites: "all" }, (tx) => offerOf(tx, orgId, membershipId), "read only");
  if (!details || details.email !== email) return blocked("withdrawn");
  if (details.taken) return blocked("joined");
  if (details.status === "expired") return blocked("expired");
  if (!details.permitted) return blocked("not_permitted");
  if (details.scope !== "all" && details.count === 0) return blocked("no_sites");
  const hasEmail = eq(accounts.email, email);
  const [account] = await asVisitor({ email }, (tx) => tx.select({ id: accounts.id }).from(accounts).where(hasEmail), "read only");
  return { open: true, invitation: { ...details, linkHash, accountId: account?.id ?? null } };
}

async function linkOf(tx: Tx, purpose: InvitationLink, linkHash: Buffer) {
  const [link] = await tx
    .select({
      email: links.email,
      orgId: links.invitedOrgId,
      membershipId: links.membershipId,
      consumed: sql<boolean>`${links.consumedAt} is not null`,
      voided: sql<boolean>`${links.voidedAt} is not null`,
      expired: sql<boolean>`${links.expiresAt} <= now()`,
    })
    .from(links)
    .where(and(eq(links.secretHash, linkHash), eq(links.purpose, purpose)));
  return link;
}

async function offerOf(tx: Tx, orgId: string, membershipId: string) {
  const invited = await findAdministrator(tx, membershipId);
  if (!invited) return null;
  const [rules] = await tx
    .select(passwordRuleColumns)
    .from(organizations)
    .where(eq(organizations.id, orgId));
  const [inviter] = invited.invitedBy
    ? await tx
        .select({ name: sql<string>`${accounts.firstName} || ' ' || ${accounts.lastName}`, role: memberships.role })
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
    permitted: inviter !== undefined && roleFacts[inviter.role].may.includes("administrator.invite"),
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
