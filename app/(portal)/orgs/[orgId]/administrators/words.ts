import type { TagKind } from "@/components/ui/tag";
import { daysSince, type Status } from "@/lib/administrators/rules";
import { inDays } from "@/lib/password-ages/rules";
import { roleFacts, roles } from "@/lib/vocabulary/access";

export const statusWords: Record<Status, { label: string; kind: TagKind }> = {
  active: { label: "Active", kind: "ok" },
  accepted: { label: "Accepted", kind: "info" },
  invited: { label: "Invited", kind: "info" },
  expired: { label: "Expired", kind: "warn" },
  suspended: { label: "Suspended", kind: "bad" },
};

export const roleChoices = roles.map((role) => ({ value: role, label: roleFacts[role].label }));

/** When a password was changed, from now: "today", "263 days ago". */
export function agoOf(changedAt: Date): string {
  const days = daysSince(changedAt, new Date());
  return days === 0 ? "today" : `${inDays(days)} ago`;
}

/** How old a password is by now: "263 days". */
export const ageOf = (changedAt: Date) => inDays(daysSince(changedAt, new Date()));
