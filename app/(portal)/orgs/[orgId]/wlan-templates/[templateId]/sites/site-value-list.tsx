"use client";

import { CellLink } from "@/components/table/cells";
import type { Column } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { FilterMenu } from "@/components/table/filters";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
import { Empty } from "@/components/ui/empty";
import { mapPin } from "@/components/ui/icons";
import { inBraces } from "@/lib/shared/variables";
import type { SiteResolution } from "@/lib/wlan-templates/rules";

const missingText = "no value";
const stateFilter = { name: "state", label: "State", options: [{ value: "missing", label: "Lacks a value" }] };

const columns = (sitesPath: string): Column<SiteResolution>[] => [
  { key: "name", title: "Site", sort: true, cell: ({ id, name }) => <CellLink href={`${sitesPath}/${id}#site-variables`}>{name}</CellLink>, file: ({ name }) => name },
  {
    key: "variables",
    title: "Variables",
    wide: true,
    cell: ({ variables }) =>
      variables.map(({ name, value }) => (
        <span key={name} className="me-3 inline-block">
          <code>{inBraces(name)}</code> {value ?? <b className="font-medium text-bad">{missingText}</b>}
        </span>
      )),
    file: ({ variables }) => variables.map(({ name, value = missingText }) => `${inBraces(name)} ${value}`).join("; "),
  },
  { key: "problems", title: "Problems", wide: true, cell: ({ problems }) => <span className="text-bad">{problems.join("; ")}</span>, file: ({ problems }) => problems.join("; ") },
];

type SiteValueListProps = { rows: readonly SiteResolution[]; hasVariables: boolean; params: Params; path: string; sitesPath: string; page: TablePage };

/** The sites that a template reaches, with the values of its variables and what is missing or wrong. */
export function SiteValueList({ rows, hasVariables, params, path, sitesPath, page }: SiteValueListProps) {
  return (
    <DataTable
      caption="Values per Site"
      columns={columns(sitesPath)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={page}
      search={{ name: "search", label: "Search sites" }}
      filters={hasVariables && <FilterMenu {...stateFilter} params={params} path={path} />}
      narrowedBy={[stateFilter.name]}
      empty={
        <Empty title="No site uses this template yet" icon={mapPin}>
          <p>Choose on its page where it is applied.</p>
        </Empty>
      }
    />
  );
}
