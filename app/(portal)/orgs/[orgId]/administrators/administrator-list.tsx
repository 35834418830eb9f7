"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu, type ListFilter } from "@/components/table/filters";
import type { Selected } from "@/components/table/selection";
import type { SelectionAction } from "@/components/table/selection-bar";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { users } from "@/components/ui/icons";
import type { AdministratorRow } from "./administrator-row";
import { administratorColumns } from "./columns";

type AdministratorListProps = {
  rows: readonly AdministratorRow[];
  params: Params;
  selected: Selected;
  actions: readonly SelectionAction[];
  path: string;
  page: TablePage;
  filters: readonly ListFilter[];
  views: ViewsMenuProps;
  /** Path of the invitation page, with the permission only. */
  inviteHref?: string;
};

export function AdministratorList({ rows, params, selected, actions, path, page, filters, views, inviteHref }: AdministratorListProps) {
  return (
    <DataTable
      caption="Administrators"
      columns={administratorColumns(path)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={page}
      search={{ name: "search", label: "Search administrators" }}
      filters={filters.map((filter) => <FilterMenu key={filter.name} {...filter} params={params} path={path} />)}
      narrowedBy={filters.map(({ name }) => name)}
      views={views}
      download={["csv"]}
      selection={{ actions, selected, name: ({ name }) => name }}
      empty={
        <Empty title="No administrators yet" icon={users}>
          <p>Administrators are the people who run this organization.</p>
          {inviteHref && (
            <LinkButton href={inviteHref} variant="primary">
              Invite Administrator
            </LinkButton>
          )}
        </Empty>
      }
    />
  );
}
