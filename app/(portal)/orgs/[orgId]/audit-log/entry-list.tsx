"use client";

import { DataTable } from "@/components/table/data-table";
import { FilterMenu } from "@/components/table/filters";
import type { TablePage } from "@/components/table/table-foot";
import { hrefsWith, hrefWith, type Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Histogram } from "@/components/ui/histogram";
import { scrollText } from "@/components/ui/icons";
import type { Activity } from "./activity";
import type { FilterMenuOptions } from "./list-params";
import { entryColumns } from "./columns";
import type { EntryRow } from "./entry-row";
import { PeriodMenu } from "./period-menu";
import type { PeriodOptions } from "./period-options";

type EntryListProps = {
  rows: readonly EntryRow[];
  params: Params;
  path: string;
  /** Path of this page of the log, over which details open. */
  cursor: Params;
  page: TablePage;
  period: PeriodOptions;
  filters: readonly FilterMenuOptions[];
  activity: Activity;
  exports: boolean;
  isMessageSearched: boolean;
  /** Why the list begins later than requested. */
  notice?: string;
  views: ViewsMenuProps;
};

const narrowing = ["period", "admins", "sites"];

export function EntryList({ rows, params, path, cursor, page, period, filters, activity, exports, views, isMessageSearched, notice }: EntryListProps) {
  const detailsLink = hrefsWith(path, params, ["after", "before", "entry"]);
  return (
    <DataTable
      caption="Audit Logs"
      columns={entryColumns((entry) => detailsLink({ ...cursor, entry }))}
      rows={rows}
      rowKey={({ cursor: key }) => key}
      params={params}
      path={path}
      cardTitle="message"
      narrowedBy={narrowing}
      search={{ name: "message", label: "Search by Message" }}
      page={{ ...page, labels: { previous: "Newer", next: "Older" } }}
      filters={
        <>
          <PeriodMenu options={period} params={params} path={path} />
          {filters.map(({ find, text, ...filter }) => (
            <FilterMenu key={filter.name} {...filter} params={find ? { ...params, [find]: text } : params} path={path} find={find} />
          ))}
        </>
      }
      views={views}
      download={exports ? ["csv", "ndjson"] : []}
      empty={
        <Empty title="Nothing has happened today" icon={scrollText}>
          <p>What people do in this organization appears here.</p>
          <a className={buttonClass()} href={hrefWith(path, params, { period: "7d" })}>
            Last 7 Days
          </a>
        </Empty>
      }
    >
      {notice && <p className="mx-gutter mb-3 rounded-lg border border-line bg-surface px-4 py-2.5" role="status">{notice}</p>}
      <ActivityHistogram activity={activity} params={params} path={path} isMessageSearched={isMessageSearched} />
    </DataTable>
  );
}

/** Each bar links to its entries. */
function ActivityHistogram({ activity: { bars, axis }, params, path, isMessageSearched }: Pick<EntryListProps, "activity" | "params" | "path" | "isMessageSearched">) {
  const link = hrefsWith(path, params, ["period", "date", "from", "to"]);
  const linked = bars.map(({ label, count, from, to }) => ({
    label,
    count,
    href: count > 0 && bars.length > 1 ? link({ period: "range", from, to }) : undefined,
  }));
  const note = isMessageSearched ? "The bars count all entries of the period. They follow the Admin and Site filters, but not the message search." : undefined;
  return <Histogram caption="Entries over the period" bars={linked} axis={axis} note={note} />;
}
