import type { Present } from "@/lib/sessions/queries";
import type { HeldMembership } from "@/lib/sessions/rules";

/** A person's organizations, the one in use first. */
export function inUse({ account, memberships }: Present): HeldMembership[] {
  const isLast = ({ orgId }: HeldMembership) => orgId === account.lastOrganizationId;
  return [...memberships.filter(isLast), ...memberships.filter((held) => !isLast(held))];
}
