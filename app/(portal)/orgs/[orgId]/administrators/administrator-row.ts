import type { RowTime } from "@/components/table/cells";
import { rowTime } from "@/components/table/row-time";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import type { TagKind } from "@/components/ui/tag";
import type { Administrator } from "@/lib/administrators/queries";
import { accessEndText, accessLabel } from "@/lib/administrators/rules";
import { roles } from "@/lib/shared/roles";
import { shownEmail } from "@/lib/web/shown-email";
import { passwordAgeText, statusLabels } from "./labels";

/** A row of the list and its file. */
export type AdministratorRow = {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  role: string;
  access: string;
  status: { label: string; kind: TagKind };
  twoFactor: "On" | "Off" | null;
  lastSignIn: RowTime | null;
  passwordChanged: (RowTime & { age: string }) | null;
  invited: RowTime | null;
  /** The last day with access. */
  accessEnds: RowTime | null;
  /** The actions of the row menu. */
  actions: readonly { label: string; href: string }[];
};

export function toAdministratorRow(administrator: Administrator, times: DateTimeOptions = {}, actions: AdministratorRow["actions"] = []): AdministratorRow {
  const { id, name, email, phone, role, status, accountId, twoFactorEnabledAt, lastSignInAt, passwordChangedAt, invitedAt, accessEndsAt } = administrator;
  return {
    id,
    name,
    email: shownEmail(email),
    phone,
    role: roles[role].label,
    access: accessLabel(administrator),
    status: statusLabels[status],
    twoFactor: accountId === null ? null : twoFactorEnabledAt ? "On" : "Off",
    lastSignIn: lastSignInAt && rowTime(lastSignInAt, { ...times, shown: "date" }),
    passwordChanged: passwordChangedAt && { ...rowTime(passwordChangedAt, times), age: passwordAgeText(passwordChangedAt) },
    actions,
    invited: invitedAt && rowTime(invitedAt, times),
    accessEnds: accessEndsAt && { ...rowTime(accessEndsAt, times), text: accessEndText(accessEndsAt, times.zone) },
  };
}
