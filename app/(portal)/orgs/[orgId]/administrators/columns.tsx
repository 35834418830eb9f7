import { CellLink, CellTime, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import { ellipsis } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import type { AdministratorRow } from "./administrator-row";

/** The columns that are shown when they are chosen. */
const optionalColumns: Column<AdministratorRow>[] = [
  {
    key: "accessEnds",
    title: "Access ends",
    optional: true,
    sort: true,
    cell: ({ accessEnds }) => accessEnds && <LabelledCell label="Access ends"><CellTime time={accessEnds} /></LabelledCell>,
    file: ({ accessEnds }) => accessEnds?.at,
  },
  { key: "invitedAt", title: "Invited", optional: true, cell: ({ invited }) => invited && <CellTime time={invited} />, file: ({ invited }) => invited?.at },
  { key: "phone", title: "Phone", optional: true, cell: ({ phone }) => phone, file: ({ phone }) => phone },
  { key: "id", title: "Administrator ID", optional: true, cell: ({ id }) => <code>{id}</code>, file: ({ id }) => id },
];

export const administratorColumns = (path: string): Column<AdministratorRow>[] => [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => <CellLink href={`${path}/${id}`}>{name}</CellLink>, file: ({ name }) => name },
  { key: "email", title: "Email", sort: true, cell: ({ email }) => email, file: ({ email }) => email },
  { key: "role", title: "Role", sort: true, cell: ({ role }) => role, file: ({ role }) => role },
  { key: "access", title: "Site Access", wide: true, cell: (row) => <AccessCell {...row} />, file: ({ access }) => access },
  {
    key: "lastSignIn",
    title: "Last sign-in",
    sort: true,
    cell: ({ lastSignIn }) => lastSignIn && <LabelledCell label="Last sign-in"><CellTime time={lastSignIn} /></LabelledCell>,
    file: ({ lastSignIn }) => lastSignIn?.at,
  },
  {
    key: "twoFactor",
    title: "2FA",
    sort: true,
    cell: ({ twoFactor }) => twoFactor && <LabelledCell label="2FA">{twoFactor === "On" ? "On" : <small>Off</small>}</LabelledCell>,
    file: ({ twoFactor }) => twoFactor,
  },
  {
    key: "passwordAge",
    title: "Password age",
    sort: true,
    cell: ({ passwordChanged: changed }) =>
      changed && <LabelledCell label="Password"><span title={`Changed ${changed.title}`}>{changed.age}</span></LabelledCell>,
    file: { "Password changed": ({ passwordChanged }) => passwordChanged?.at },
  },
  { key: "status", title: "Status", sort: true, cell: ({ status: { label, kind } }) => <Tag kind={kind}>{label}</Tag>, file: { Status: ({ status }) => status.label, "Access ends": ({ accessEnds }) => accessEnds?.at } },
  {
    key: "actions",
    title: "",
    cell: ({ id, name, actions }) =>
      actions.length > 0 && (
        <Menu id={`row-${id}`} label={`Actions for ${name}`} only="icon" icon={ellipsis} variant="row" align="end">
          {actions.map(({ label, href }) => (
            <a key={label} href={href}>
              {label}
            </a>
          ))}
        </Menu>
      ),
  },
  ...optionalColumns,
];

function AccessCell({ access, accessEnds }: AdministratorRow) {
  return (
    <>
      {access}
      {accessEnds && <small title={`Access ends ${accessEnds.title}`}> until {accessEnds.text}</small>}
    </>
  );
}
