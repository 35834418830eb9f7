"use client";

import { DataTable } from "@/components/table/data-table";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { smartphone } from "@/components/ui/icons";
import { sdkKeyColumns } from "./columns";
import type { SdkKeyRow } from "./sdk-key-row";

type SdkKeyListProps = {
  rows: readonly SdkKeyRow[];
  params: Params;
  path: string;
  page: TablePage;
  views: ViewsMenuProps;
  /** Path of the creation page, with the permission only. */
  createHref?: string;
};

export function SdkKeyList({ rows, params, path, page, views, createHref }: SdkKeyListProps) {
  return (
    <DataTable
      caption="SDK keys"
      columns={sdkKeyColumns(path)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={page}
      search={{ name: "search", label: "Search SDK keys" }}
      views={views}
      download={["csv"]}
      empty={
        <Empty title="No SDK keys yet" icon={smartphone}>
          <p>An app that is built with the mobile SDK uses a secret key to work with your organization.</p>
          {createHref && (
            <LinkButton href={createHref} variant="primary">
              Create SDK Key
            </LinkButton>
          )}
        </Empty>
      }
    />
  );
}
