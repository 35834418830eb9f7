"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu, type ListFilter } from "@/components/table/filters";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import { importedColumns } from "./columns";
import type { ImportedRow } from "./imported-row";

type ImportedListProps = { rows: readonly ImportedRow[]; params: Params; path: string; sitesPath: string; page: TablePage; filter: ListFilter };

export function ImportedList({ rows, params, path, sitesPath, page, filter }: ImportedListProps) {
  return (
    <DataTable
      caption="Rows of the list"
      columns={importedColumns(sitesPath)}
      rows={rows}
      rowKey={({ line }) => String(line)}
      params={params}
      path={path}
      page={page}
      cardTitle="name"
      search={{ name: "search", label: "Search rows" }}
      filters={<FilterMenu {...filter} params={params} path={path} />}
      narrowedBy={[filter.name]}
      empty={null}
    />
  );
}
