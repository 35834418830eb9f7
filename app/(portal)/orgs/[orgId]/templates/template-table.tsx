"use client";

import { DataTable } from "@/components/table/data-table";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { templateColumns, type TemplateRow } from "./columns";
import { templateKinds, type TemplateList } from "./kinds";

type TemplateTableProps = {
  list: TemplateList;
  rows: readonly TemplateRow[];
  params: Params;
  path: string;
  page: Omit<TablePage, "noun">;
  views: ViewsMenuProps;
  /** Path of the creation page, with the permission only. */
  createHref?: string;
};

/** The templates of one kind. */
export function TemplateTable({ list, rows, params, path, page, views, createHref }: TemplateTableProps) {
  const { title, one, many, button, about, icon } = templateKinds[list];
  return (
    <DataTable
      caption={title}
      columns={templateColumns(list, path)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={{ ...page, noun: page.total === 1 ? one : many }}
      search={{ name: "search", label: `Search ${many}` }}
      views={views}
      download={["csv"]}
      empty={
        <Empty title={`No ${many} yet`} icon={icon}>
          <p>{about}</p>
          {createHref && (
            <LinkButton href={createHref} variant="primary">
              Create {button}
            </LinkButton>
          )}
        </Empty>
      }
    />
  );
}
