"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu, type ListFilter } from "@/components/table/filters";
import type { Params } from "@/components/table/url";
import { settingColumns } from "./columns";
import type { SettingRow } from "./setting-row";

const filters: readonly ListFilter[] = [
  {
    name: "source",
    label: "Comes from",
    options: [
      { value: "site", label: "Site" },
      { value: "template", label: "RF template" },
      { value: "organization", label: "Organization" },
      { value: "default", label: "Default" },
    ],
  },
  { name: "values", label: "Values", options: [{ value: "changed", label: "Only what differs from the default" }] },
];

type SettingListProps = { rows: readonly SettingRow[]; all: number; params: Params; path: string };

export function SettingList({ rows, all, params, path }: SettingListProps) {
  return (
    <DataTable
      caption="Effective configuration"
      columns={settingColumns}
      rows={rows}
      rowKey={(row) => row.path}
      params={params}
      path={path}
      page={{ total: rows.length, all: rows.length === all ? undefined : all, noun: all === 1 ? "setting" : "settings" }}
      search={{ name: "search", label: "Search settings" }}
      filters={filters.map((filter) => <FilterMenu key={filter.name} {...filter} params={params} path={path} />)}
      narrowedBy={filters.map(({ name }) => name)}
      download={["csv", "json"]}
      empty={null}
    />
  );
}
