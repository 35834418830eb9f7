import type { RowTime } from "@/components/table/cells";
import { rowTime } from "@/components/table/row-time";
import type { ReviewedAccess } from "@/lib/access-reviews/queries";
import { accessEndText, accessLabel } from "@/lib/administrators/rules";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import { roles } from "@/lib/shared/roles";
import { shownEmail } from "@/lib/web/shown-email";

/** A row of the review and its file. */
export type ReviewRow = {
  id: string;
  name: string;
  email: string;
  role: string;
  access: string;
  lastUsed: RowTime | null;
  twoFactor: "On" | "Off";
  accessEnds: RowTime | null;
  reviewed: (RowTime & { by: string; reason: string }) | null;
};

export function toReviewRow(reviewed: ReviewedAccess, times: DateTimeOptions = {}): ReviewRow {
  const { id, name, email, role, lastUsedAt, twoFactorEnabledAt, accessEndsAt, reviewedAt, reviewedBy, reviewReason } = reviewed;
  const day = { ...times, shown: "date" } as const;
  return {
    id,
    name,
    email: shownEmail(email),
    role: roles[role].label,
    access: accessLabel(reviewed),
    lastUsed: lastUsedAt && rowTime(lastUsedAt, day),
    twoFactor: twoFactorEnabledAt ? "On" : "Off",
    accessEnds: accessEndsAt && { ...rowTime(accessEndsAt, times), text: accessEndText(accessEndsAt, times.zone) },
    reviewed: reviewedAt && { ...rowTime(reviewedAt, day), by: reviewedBy ?? "", reason: reviewReason ?? "" },
  };
}
