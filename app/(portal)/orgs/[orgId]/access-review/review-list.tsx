"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu, type ListFilter } from "@/components/table/filters";
import type { Selected } from "@/components/table/selection";
import type { SelectionAction } from "@/components/table/selection-bar";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { Empty } from "@/components/ui/empty";
import { users } from "@/components/ui/icons";
import { reviewColumns } from "./columns";
import type { ReviewRow } from "./review-row";

type ReviewListProps = {
  rows: readonly ReviewRow[];
  params: Params;
  selected: Selected;
  actions: readonly SelectionAction[];
  path: string;
  administratorsPath: string;
  page: TablePage;
  filters: readonly ListFilter[];
  views: ViewsMenuProps;
};

export function ReviewList({ rows, params, selected, actions, path, administratorsPath, page, filters, views }: ReviewListProps) {
  return (
    <DataTable
      caption="Access review"
      columns={reviewColumns(administratorsPath)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={page}
      search={{ name: "search", label: "Search people" }}
      filters={filters.map((filter) => <FilterMenu key={filter.name} {...filter} params={params} path={path} />)}
      narrowedBy={filters.map(({ name }) => name)}
      views={views}
      download={["csv"]}
      selection={{ actions, selected, name: ({ name }) => name }}
      empty={
        <Empty title="Nobody has access" icon={users}>
          <p>People with access to this organization are listed here for review.</p>
        </Empty>
      }
    />
  );
}
