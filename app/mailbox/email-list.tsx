"use client";

import { CellLink, CellTime, type RowTime } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import type { TablePage } from "@/components/table/table-foot";
import { Empty } from "@/components/ui/empty";

export type EmailRow = { id: string; subject: string; recipient: string; receivedAt: RowTime };

const columns: Column<EmailRow>[] = [
  {
    key: "subject",
    title: "Subject",
    wide: true,
    cell: ({ id, subject }) => <CellLink href={`/mailbox?email=${id}`}>{subject}</CellLink>,
  },
  { key: "to", title: "To", cell: ({ recipient }) => recipient },
  { key: "at", title: "Arrived", cell: ({ receivedAt }) => <CellTime time={receivedAt} /> },
];

export function EmailList({ rows, page }: { rows: readonly EmailRow[]; page: TablePage }) {
  return (
    <DataTable
      caption="Emails"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      params={{}}
      path="/mailbox"
      bare
      page={{ ...page, noun: rows.length === 1 ? "email" : "emails", note: "times in UTC" }}
      empty={
        <Empty title="No emails yet">
          <p>Create an account or invite someone, and the email appears here within seconds.</p>
        </Empty>
      }
    />
  );
}
