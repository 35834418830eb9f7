import type { ListFilter } from "@/components/table/filters";
import { roleNames, roles } from "@/lib/shared/roles";

const useLabels = { unused: "Not used for 90 days", used: "Used in the last 90 days" };
const twoFactorLabels = { on: "On", off: "Off" };
const reviewLabels = { none: "Never, or no longer recorded", over90: "More than 90 days ago", over180: "More than 180 days ago" };

export const decisionLabels = { kept: "Kept", revoked: "Revoked" };

const optionsOf = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([value, label]) => ({ value, label }));

/** The filters of the review. */
export const reviewFilters: readonly ListFilter[] = [
  { name: "use", label: "Last used", options: optionsOf(useLabels) },
  { name: "twoFactor", label: "2FA", options: optionsOf(twoFactorLabels) },
  { name: "reviewed", label: "Last review", options: optionsOf(reviewLabels) },
  { name: "role", label: "Role", options: roleNames.map((role) => ({ value: role, label: roles[role].label })) },
];

/** The filters of the past decisions. */
export const decisionFilters: readonly ListFilter[] = [
  { name: "decision", label: "Decision", options: optionsOf(decisionLabels) },
];
