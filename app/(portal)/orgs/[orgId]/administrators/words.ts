import type { FilterOffer } from "@/components/table/filters";
import type { TagKind } from "@/components/ui/tag";
import { daysSince, type AdministratorStatus } from "@/lib/administrators/rules";
import { administratorStatuses, twoFactorStates } from "@/lib/administrators/schema";
import { formatDays } from "@/lib/password-expiry/rules";
import { roles, roleNames } from "@/lib/shared/roles";

export const statusWords: Record<AdministratorStatus, { label: string; kind: TagKind }> = {
  active: { label: "Active", kind: "ok" },
  accepted: { label: "Accepted", kind: "info" },
  invited: { label: "Invited", kind: "info" },
  expired: { label: "Expired", kind: "warn" },
  suspended: { label: "Suspended", kind: "bad" },
};

const twoFactorWords = { on: "On", off: "Off" };

/** The filters of the list whose values are always the same. */
export const fixedFilters: readonly FilterOffer[] = [
  { name: "status", label: "Status", options: administratorStatuses.map((value) => ({ value, label: statusWords[value].label })) },
  { name: "role", label: "Role", options: roleNames.map((role) => ({ value: role, label: roles[role].label })) },
  { name: "twoFactor", label: "2FA", options: twoFactorStates.map((value) => ({ value, label: twoFactorWords[value] })) },
];

/** When a password was changed, from now: "today", "263 days ago". */
export function agoOf(changedAt: Date): string {
  const days = daysSince(changedAt, new Date());
  return days === 0 ? "today" : `${formatDays(days)} ago`;
}

/** How old a password is by now: "263 days". */
export const ageOf = (changedAt: Date) => formatDays(daysSince(changedAt, new Date()));
