import type { AuthSession } from "@/lib/sessions/queries";
import type { SessionMembership } from "@/lib/sessions/rules";

/** A person's organizations, the one in use first. */
export function inUse({ account, memberships }: AuthSession): SessionMembership[] {
  const isLast = ({ orgId }: SessionMembership) => orgId === account.lastOrganizationId;
  return [...memberships.filter(isLast), ...memberships.filter((membership) => !isLast(membership))];
}
