import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { accounts, type LinkPurpose, links, memberships, organizations } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import type { Tx } from "@/db/tx";
import { stateOf } from "@/lib/accounts/rules";
import { Token } from "@/lib/accounts/schema";
import { findAdministrator } from "@/lib/administrators/queries";
import type { Obstacle } from "@/lib/invitations/rules";
import { hashSecret } from "@/lib/kernel/secret";
import { roleFacts } from "@/lib/vocabulary/access";

export type InvitationLink = Extract<LinkPurpose, "invite" | "create_login">;

export type Invitation = NonNullable<Awaited<ReturnType<typeof offerOf>>> & { linkHash: Buffer; accountId: string | null };

type Shown = { open: true; invitation: Invitation } | { open: false; obstacle: Obstacle };

const blocked = (obstacle: Obstacle): Shown => ({ open: false, obstacle });

/** What a mailed link offers and to whom; looking uses nothing up (LNK-3). */
export async function showInvitation(purpose: InvitationLink, token: string): Promise<Shown> {
  if (!Token.safeParse(token).success) return blocked("unknown");
  const linkHash = hashSecret(token);
  const link = await asVisitor({ linkHash }, (tx) => linkOf(tx, purpose, linkHash), "read only");
  const state = stateOf(link);
  if (!link?.orgId || !link.membershipId) return blocked("unknown");
  if (state !== "fresh") return blocked(state);

  const { orgId, membershipId, email } = link;
  const offer = await withinScope({ orgId, sites: "all" }, (tx) => offerOf(tx, orgId, membershipId), "read only");
  if (!offer || offer.email !== email) return blocked("withdrawn");
  if (offer.taken) return blocked("joined");
  if (offer.status === "expired") return blocked("expired");
  if (!offer.permitted) return blocked("not_permitted");
  if (offer.scope !== "all" && offer.count === 0) return blocked("no_sites");
  const owned = eq(accounts.email, email);
  const [account] = await asVisitor({ email }, (tx) => tx.select({ id: accounts.id }).from(accounts).where(owned), "read only");
  return { open: true, invitation: { ...offer, linkHash, accountId: account?.id ?? null } };
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
  const [organization] = await tx
    .select({ name: organizations.name, minimum: organizations.passwordMinLength, special: organizations.passwordNeedsSpecial })
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
    organization: organization?.name ?? "",
    passwordAsk: { minimum: organization?.minimum ?? null, special: organization?.special ?? false },
    inviter: inviter?.name ?? "",
    // An inviter who may no longer invite takes every invitation not yet taken up along (LNK-6).
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
