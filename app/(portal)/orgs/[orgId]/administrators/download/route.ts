import { exportAdministrators } from "@/lib/administrators/commands";
import type { Administrator } from "@/lib/administrators/queries";
import { accessLabel } from "@/lib/administrators/rules";
import { ExportAdministrators } from "@/lib/administrators/schema";
import { roles } from "@/lib/shared/roles";
import { csvDownload } from "@/lib/web/download";
import { statusWords } from "../words";

const moment = (at: Date | null) => at?.toISOString() ?? "";

export const GET = csvDownload({
  name: "administrators",
  list: exportAdministrators,
  input: ExportAdministrators,
  columns: [
    { title: "Name", value: ({ name }: Administrator) => name },
    { title: "Email", value: ({ email }) => email },
    { title: "Phone", value: ({ phone }) => phone },
    { title: "Role", value: ({ role }) => roles[role].label },
    { title: "Site Access", value: (row) => accessLabel(row) },
    { title: "Last sign-in", value: ({ lastSignInAt }) => moment(lastSignInAt) },
    { title: "2FA", value: ({ accountId, twoFactorEnabledAt }) => accountId ? (twoFactorEnabledAt ? "On" : "Off") : "" },
    { title: "Password changed", value: ({ passwordChangedAt }) => moment(passwordChangedAt) },
    { title: "Status", value: ({ status }) => statusWords[status].label },
    { title: "Invited", value: ({ invitedAt }) => moment(invitedAt) },
    { title: "Administrator ID", value: ({ id }) => id },
  ],
});
