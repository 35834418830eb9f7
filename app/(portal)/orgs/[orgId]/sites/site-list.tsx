"use client";

import { DataTable } from "@/components/table/data-table";
import { type Choice, FilterMenu } from "@/components/table/filters";
import type { Selected } from "@/components/table/selection";
import type { SelectionAction } from "@/components/table/selection-bar";
import type { TablePage } from "@/components/table/table-foot";
import type { Params } from "@/components/table/url";
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
  countries: readonly Choice[];
  /** Where a site is created, for whoever may. */
  createHref?: string;
};

export function SiteList({ rows, params, selected, actions, path, page, countries, createHref }: SiteListProps) {
  return (
    <DataTable
      caption="Sites"
      columns={siteColumns(path)}
      rows={rows}
      rowKey={({ id }) => id}
      params={params}
      path={path}
      sort="name"
      page={{ ...page, labels: { previous: "Previous", next: "Next" } }}
      search={{ name: "search", label: "Search sites" }}
      filters={<FilterMenu name="country" label="Countries" options={countries} params={params} path={path} />}
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
