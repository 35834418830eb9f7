import type { ListFilter } from "@/components/table/filters";
import type { TagKind } from "@/components/ui/tag";
import { daysSince, type AdministratorStatus } from "@/lib/administrators/rules";
import { accessEndStates, administratorStatuses, twoFactorStates } from "@/lib/administrators/schema";
import { formatDays } from "@/lib/password-expiry/rules";
import { roles, roleNames } from "@/lib/shared/roles";

export const statusLabels: Record<AdministratorStatus, { label: string; kind: TagKind }> = {
  active: { label: "Active", kind: "ok" },
  accepted: { label: "Accepted", kind: "info" },
  invited: { label: "Invited", kind: "info" },
  undeliverable: { label: "Undelivered", kind: "bad" },
  expired: { label: "Expired", kind: "warn" },
  suspended: { label: "Suspended", kind: "bad" },
  ended: { label: "Ended", kind: "warn" },
};

const twoFactorWords = { on: "On", off: "Off" };
const accessEndWords = { soon: "Within 30 days", later: "Later", never: "No end date" };

/** The filters of the list with fixed options. */
export const fixedFilters: readonly ListFilter[] = [
  { name: "status", label: "Status", options: administratorStatuses.map((value) => ({ value, label: statusLabels[value].label })) },
  { name: "role", label: "Role", options: roleNames.map((role) => ({ value: role, label: roles[role].label })) },
  { name: "twoFactor", label: "2FA", options: twoFactorStates.map((value) => ({ value, label: twoFactorWords[value] })) },
  { name: "accessEnd", label: "Access ends", options: accessEndStates.map((value) => ({ value, label: accessEndWords[value] })) },
];

/** Formats when a password was changed: "today", "263 days ago". */
export function passwordChangedText(changedAt: Date): string {
  const days = daysSince(changedAt, new Date());
  return days === 0 ? "today" : `${formatDays(days)} ago`;
}

/** Formats the age of a password: "263 days". */
export const passwordAgeText = (changedAt: Date) => formatDays(daysSince(changedAt, new Date()));
