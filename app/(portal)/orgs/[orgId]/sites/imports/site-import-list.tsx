"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu, type ListFilter } from "@/components/table/filters";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { mapPin } from "@/components/ui/icons";
import { siteImportColumns } from "./columns";
import type { SiteImportRow } from "./site-import-row";

type SiteImportListProps = { rows: readonly SiteImportRow[]; params: Params; path: string; page: TablePage; filters: readonly ListFilter[]; views: ViewsMenuProps; importHref: string };

export function SiteImportList({ rows, params, path, page, filters, views, importHref }: SiteImportListProps) {
  return (
    <DataTable
      caption="Imports of sites"
      columns={siteImportColumns(path)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="-created"
      page={page}
      search={{ name: "search", label: "Search imports" }}
      filters={filters.map((filter) => <FilterMenu key={filter.name} {...filter} params={params} path={path} />)}
      narrowedBy={filters.map(({ name }) => name)}
      views={views}
      download={["csv"]}
      empty={
        <Empty title="No imports yet" icon={mapPin}>
          <p>Sites that you import from a list are kept here with the result of each row, so that you can undo the import.</p>
          <LinkButton href={importHref} variant="primary">
            Import Sites
          </LinkButton>
        </Empty>
      }
    />
  );
}
