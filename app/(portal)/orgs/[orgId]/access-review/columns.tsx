import { CellLink, CellTime, LabelledCell } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import type { ReviewRow } from "./review-row";

export const reviewColumns = (administratorsPath: string): Column<ReviewRow>[] => [
  { key: "name", title: "Name", sort: true, cell: ({ id, name }) => <CellLink href={`${administratorsPath}/${id}`}>{name}</CellLink>, file: { Name: ({ name }) => name, Email: ({ email }) => email } },
  { key: "role", title: "Role", cell: ({ role }) => role, file: ({ role }) => role },
  { key: "access", title: "Site Access", wide: true, cell: ({ access }) => access, file: ({ access }) => access },
  {
    key: "lastUsed",
    title: "Last used",
    sort: true,
    cell: ({ lastUsed }) => lastUsed && <LabelledCell label="Last used"><CellTime time={lastUsed} /></LabelledCell>,
    file: ({ lastUsed }) => lastUsed?.at,
  },
  {
    key: "twoFactor",
    title: "2FA",
    cell: ({ twoFactor }) => <LabelledCell label="2FA">{twoFactor === "On" ? "On" : <small>Off</small>}</LabelledCell>,
    file: ({ twoFactor }) => twoFactor,
  },
  {
    key: "accessEnds",
    title: "Access ends",
    cell: ({ accessEnds }) => accessEnds && <LabelledCell label="Access ends"><CellTime time={accessEnds} /></LabelledCell>,
    file: ({ accessEnds }) => accessEnds?.at,
  },
  {
    key: "reviewed",
    title: "Last review",
    sort: true,
    cell: ({ reviewed }) => reviewed && <LabelledCell label="Last review"><ReviewText {...reviewed} /></LabelledCell>,
    file: {
      "Last review": ({ reviewed }) => reviewed?.at,
      "Reviewed by": ({ reviewed }) => reviewed?.by,
      Decision: ({ reviewed }) => reviewed && "Kept",
      Reason: ({ reviewed }) => reviewed?.reason,
    },
  },
  { key: "email", title: "Email", optional: true, cell: ({ email }) => email, file: ({ email }) => email },
  { key: "id", title: "Administrator ID", optional: true, cell: ({ id }) => <code>{id}</code>, file: ({ id }) => id },
];

function ReviewText({ by, reason, ...time }: NonNullable<ReviewRow["reviewed"]>) {
  return (
    <>
      <CellTime time={time} /> <small title={reason || undefined}>by {by}</small>
    </>
  );
}
