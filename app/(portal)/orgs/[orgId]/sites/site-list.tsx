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
import { mapPin } from "@/components/ui/icons";
import { siteColumns } from "./columns";
import type { SiteRow } from "./site-row";

type SiteListProps = {
  rows: readonly SiteRow[];
  params: Params;
  selected: Selected;
  actions: readonly SelectionAction[];
  path: string;
  page: TablePage;
  filters: readonly ListFilter[];
  views: ViewsMenuProps;
  /** Path of the creation page, with the permission only. */
  createHref?: string;
};

export function SiteList({ rows, params, selected, actions, path, page, filters, views, createHref }: SiteListProps) {
  return (
    <DataTable
      caption="Sites"
      columns={siteColumns(path)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={page}
      search={{ name: "search", label: "Search sites" }}
      filters={filters.map((filter) => <FilterMenu key={filter.name} {...filter} params={params} path={path} />)}
      narrowedBy={filters.map(({ name }) => name)}
      views={views}
      download={["csv"]}
      selection={{ actions, selected, name: ({ name }) => name }}
      empty={
        <Empty title="No sites yet" icon={mapPin}>
          <p>A site is one place: a shop, an office, a campus. Devices and people are assigned to sites.</p>
          {createHref && (
            <LinkButton href={createHref} variant="primary">
              Create Site
            </LinkButton>
          )}
        </Empty>
      }
    />
  );
}
