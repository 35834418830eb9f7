import type { RowMoment } from "@/components/table/cells";
import { rowMoment } from "@/components/table/row-moment";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import type { TagKind } from "@/components/ui/tag";
import type { Administrator } from "@/lib/administrators/queries";
import { accessLabel } from "@/lib/administrators/rules";
import { roles } from "@/lib/shared/roles";
import { shownEmail } from "@/lib/web/shown-email";
import { ageOf, statusWords } from "./words";

/** An administrator as the list and its file show them. */
export type AdministratorRow = {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  role: string;
  access: string;
  status: { label: string; kind: TagKind };
  twoFactor: "On" | "Off" | null;
  lastSignIn: RowMoment | null;
  passwordChanged: (RowMoment & { age: string }) | null;
  invited: RowMoment | null;
  /** What can be done to this administrator from the list. */
  actions: readonly { label: string; href: string }[];
};

export function toAdministratorRow(administrator: Administrator, times: DateTimeOptions = {}, actions: AdministratorRow["actions"] = []): AdministratorRow {
  const { id, name, email, phone, role, status, accountId, twoFactorEnabledAt, lastSignInAt, passwordChangedAt, invitedAt } = administrator;
  return {
    id,
    name,
    email: shownEmail(email),
    phone,
    role: roles[role].label,
    access: accessLabel(administrator),
    status: statusWords[status],
    twoFactor: accountId === null ? null : twoFactorEnabledAt ? "On" : "Off",
    lastSignIn: lastSignInAt && rowMoment(lastSignInAt, { ...times, shown: "date" }),
    passwordChanged: passwordChangedAt && { ...rowMoment(passwordChangedAt, times), age: ageOf(passwordChangedAt) },
    actions,
    invited: invitedAt && rowMoment(invitedAt, times),
  };
}
