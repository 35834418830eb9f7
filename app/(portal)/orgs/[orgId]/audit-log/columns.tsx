import { CellLink, CellTime } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import type { EntryFileRow, EntryRow } from "./entry-row";

const json = (value: unknown) => (value === undefined ? "" : JSON.stringify(value));

export const entryColumns = (detailsHref: (cursor: string) => string): Column<EntryRow, EntryFileRow>[] => [
  { key: "at", title: "Timestamp", cell: ({ at }) => <CellTime time={at} />, file: ({ at }) => at.at },
  { key: "admin", title: "Admin", cell: ({ admin }) => admin, file: { Admin: ({ admin }) => admin, Email: ({ email }) => email } },
  { key: "email", title: "Email", optional: true, cell: ({ email }) => email, file: ({ email }) => email },
  { key: "site", title: "Site", cell: ({ site }) => site ?? <small>Organization</small>, file: ({ site }) => site },
  { key: "message", title: "Message", wide: true, cell: ({ message }) => message, file: ({ message }) => message },
  {
    key: "details",
    title: "",
    cell: ({ cursor, detailed }) => detailed && <CellLink href={detailsHref(cursor)}>View details</CellLink>,
    file: {
      Event: ({ name }) => name,
      "Actor type": ({ actorKind }) => actorKind,
      Before: ({ change }) => json(change?.before),
      After: ({ change }) => json(change?.after),
      "IP address": ({ ipAddress }) => ipAddress,
      Browser: ({ userAgent }) => userAgent,
      "Request ID": ({ requestId }) => requestId,
    },
  },
];
