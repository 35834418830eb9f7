"use client";

import { DataTable } from "@/components/table/data-table";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { layers } from "@/components/ui/icons";
import type { SiteGroup } from "@/lib/site-groups/queries";
import { siteGroupColumns } from "./columns";

type SiteGroupListProps = { rows: readonly SiteGroup[]; params: Params; path: string; page: TablePage; views: ViewsMenuProps; createHref: string };

export function SiteGroupList({ rows, params, path, page, views, createHref }: SiteGroupListProps) {
  return (
    <DataTable
      caption="Site Groups"
      columns={siteGroupColumns(path)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={page}
      search={{ name: "search", label: "Search site groups" }}
      views={views}
      download={["csv"]}
      empty={
        <Empty title="No site groups yet" icon={layers}>
          <p>Groups give administrators access to several sites at once.</p>
          <LinkButton href={createHref} variant="primary">
            Create Site Group
          </LinkButton>
        </Empty>
      }
    />
  );
}
