import { cells } from "@/components/table/cells";
import type { Column } from "@/components/table/data-table";
import { html } from "@/components/ui/html";
import { type MomentOptions, momentTitle } from "@/components/ui/moment";
import type { Administrator } from "@/lib/administrators/queries";
import { accessLabel } from "@/lib/administrators/rules";
import { roles } from "@/lib/shared/roles";
import { ageOf, statusWords } from "./words";

const moment = (at: Date | null, times: MomentOptions) => at && cells.time(at, times);

const signIn = (at: Date | null, times: MomentOptions) => at && cells.said("Last sign-in", cells.time(at, { ...times, shown: "date" }));

const twoFactor = ({ accountId, twoFactorEnabledAt }: Administrator) => accountId && cells.said("2FA", twoFactorEnabledAt ? "On" : cells.muted("Off"));

const password = (at: Date | null, times: MomentOptions) =>
  at && cells.said("Password", html`<span title="Changed ${momentTitle(at, times)}">${ageOf(at)}</span>`);

export const administratorColumns = (orgId: string, times: MomentOptions): Column<Administrator>[] => [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => cells.link(`/orgs/${orgId}/administrators/${id}`, name) },
  { key: "email", title: "Email", sort: true, cell: ({ email }) => email },
  { key: "role", title: "Role", sort: true, cell: ({ role }) => roles[role].label },
  { key: "access", title: "Site Access", wide: true, cell: (row) => accessLabel(row) },
  { key: "lastSignIn", title: "Last sign-in", sort: true, cell: ({ lastSignInAt }) => signIn(lastSignInAt, times) },
  { key: "twoFactor", title: "2FA", sort: true, cell: twoFactor },
  { key: "passwordAge", title: "Password age", sort: true, cell: ({ passwordChangedAt }) => password(passwordChangedAt, times) },
  {
    key: "status",
    title: "Status",
    sort: true,
    cell: ({ status }) => cells.tag(statusWords[status].kind, statusWords[status].label),
  },
  { key: "invitedAt", title: "Invited", optional: true, cell: ({ invitedAt }) => moment(invitedAt, times) },
  { key: "phone", title: "Phone", optional: true, cell: ({ phone }) => phone },
];
