import type { ListFilter } from "@/components/table/filters";
import { decisions, reviewStates, twoFactorStates, useStates } from "@/lib/access-reviews/schema";
import { roleNames, roles } from "@/lib/shared/roles";

const useLabels = { unused: "Not used for 90 days", used: "Used in the last 90 days" };
const twoFactorLabels = { on: "On", off: "Off" };
const reviewLabels = { never: "Never", over90: "More than 90 days ago", over365: "More than a year ago" };

export const decisionLabels = { kept: "Kept", revoked: "Revoked" };

/** The filters of the review. */
export const reviewFilters: readonly ListFilter[] = [
  { name: "use", label: "Last used", options: useStates.map((value) => ({ value, label: useLabels[value] })) },
  { name: "twoFactor", label: "2FA", options: twoFactorStates.map((value) => ({ value, label: twoFactorLabels[value] })) },
  { name: "reviewed", label: "Last review", options: reviewStates.map((value) => ({ value, label: reviewLabels[value] })) },
  { name: "role", label: "Role", options: roleNames.map((role) => ({ value: role, label: roles[role].label })) },
];

/** The filters of the past decisions. */
export const decisionFilters: readonly ListFilter[] = [
  { name: "decision", label: "Decision", options: decisions.map((value) => ({ value, label: decisionLabels[value] })) },
];
