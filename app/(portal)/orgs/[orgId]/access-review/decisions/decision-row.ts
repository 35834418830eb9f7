import type { RowTime } from "@/components/table/cells";
import { rowTime } from "@/components/table/row-time";
import type { ReviewDecision } from "@/lib/access-reviews/queries";
import { accessEndText } from "@/lib/administrators/rules";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { roles } from "@/lib/shared/roles";
import { shownEmail } from "@/lib/web/shown-email";

/** A past decision with what the access was at that time. */
export type DecisionRow = {
  id: string;
  decided: RowTime;
  decision: ReviewDecision["decision"];
  name: string;
  email: string;
  role: string;
  access: string;
  lastUsed: RowTime | null;
  accessEnds: RowTime | null;
  twoFactor: string;
  reviewer: string;
  reason: string;
};

export function toDecisionRow(past: ReviewDecision, times: DateTimeOptions = {}): DecisionRow {
  const { decidedAt, email, role, siteAccess, lastUsedAt, accessEndsAt, twoFactor, reviewerName, ...facts } = past;
  return {
    ...facts,
    decided: rowTime(decidedAt, times),
    email: shownEmail(email),
    role: roles[role].label,
    access: `${siteAccess.charAt(0).toUpperCase()}${siteAccess.slice(1)}`,
    lastUsed: lastUsedAt && rowTime(lastUsedAt, { ...times, shown: "date" }),
    accessEnds: accessEndsAt && { ...rowTime(accessEndsAt, times), text: accessEndText(accessEndsAt, times.zone) },
    twoFactor: twoFactor ? "On" : "Off",
    reviewer: reviewerName,
  };
}
