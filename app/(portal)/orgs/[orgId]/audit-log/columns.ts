import { cells } from "@/components/table/cells";
import type { Column } from "@/components/table/data-table";
import type { EntryRow } from "@/lib/audit/queries";
import type { PeriodName } from "@/lib/audit/rules";

export type Times = { zone: string; hours?: "12" | "24" };

type Row = EntryRow & { admin: string; email: string | null };

const oneDay: readonly PeriodName[] = ["today", "yesterday", "date"];

export const entryColumns = (times: Times, period: PeriodName, link: (place: string) => string): Column<Row>[] => {
  const shown = oneDay.includes(period) ? ("time" as const) : ("second" as const);
  return [
    { key: "at", title: "Timestamp", cell: ({ at }) => cells.time(at, { ...times, shown }) },
    { key: "admin", title: "Admin", cell: ({ admin }) => admin },
    { key: "email", title: "Email", optional: true, cell: ({ email }) => email },
    { key: "site", title: "Site", cell: ({ siteName }) => siteName ?? cells.muted("Organization") },
    { key: "message", title: "Message", wide: true, cell: ({ message }) => message },
    { key: "details", title: "", cell: ({ cursor, detailed }) => (detailed ? cells.link(link(cursor), "View details") : null) },
  ];
};
