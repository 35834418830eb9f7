"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu } from "@/components/table/filters";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { Empty } from "@/components/ui/empty";
import { users } from "@/components/ui/icons";
import type { ListFilter } from "@/components/table/filters";
import { decisionColumns } from "./columns";
import type { DecisionRow } from "./decision-row";

type DecisionListProps = {
  rows: readonly DecisionRow[];
  params: Params;
  path: string;
  page: TablePage;
  filters: readonly ListFilter[];
  views: ViewsMenuProps;
};

export function DecisionList({ rows, params, path, page, filters, views }: DecisionListProps) {
  return (
    <DataTable
      caption="Past decisions"
      columns={decisionColumns}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="-decided"
      page={page}
      search={{ name: "search", label: "Search decisions" }}
      filters={filters.map((filter) => <FilterMenu key={filter.name} {...filter} params={params} path={path} />)}
      narrowedBy={filters.map(({ name }) => name)}
      views={views}
      download={["csv"]}
      empty={
        <Empty title="No decisions yet" icon={users}>
          <p>When you keep or revoke access in the review, the decision is listed here. Select people in the access review to begin.</p>
        </Empty>
      }
    />
  );
}
