"use client";

import { DataTable } from "@/components/table/data-table";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import { Empty } from "@/components/ui/empty";
import { mapPin } from "@/components/ui/icons";
import { type SiteAccessRow, siteAccessColumns } from "./columns";

type SiteAccessListProps = { rows: readonly SiteAccessRow[]; params: Params; path: string; sitesPath: string; page: TablePage };

export function SiteAccessList({ rows, params, path, sitesPath, page }: SiteAccessListProps) {
  return (
    <DataTable
      caption="Sites"
      columns={siteAccessColumns(sitesPath)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={page}
      search={{ name: "search", label: "Search sites" }}
      empty={
        <Empty title="No sites" icon={mapPin}>
          <p>This administrator can’t reach any site now.</p>
        </Empty>
      }
    />
  );
}
