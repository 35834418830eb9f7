"use client";

import { SiteMap } from "@/components/map/site-map";
import { FilterMenu, type ListFilter } from "@/components/table/filters";
import { SoftNavigation } from "@/components/table/soft-navigation";
import { TableTools } from "@/components/table/table-tools";
import { entriesOf, hrefWith, type Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import { textLink } from "@/components/ui/text-link";
import { countText } from "@/lib/shared/count-text";
import type { MapSettings } from "@/lib/shared/map-settings";
import type { SitesOnMap } from "@/lib/site-map/queries";

type SiteMapViewProps = SitesOnMap & {
  map: MapSettings;
  params: Params;
  path: string;
  filters: readonly ListFilter[];
  views: ViewsMenuProps;
};

/** The sites of a filter on a map, with the tools of the list. */
export function SiteMapView({ map, sites, count, all, withoutLocation, params, path, filters, views }: SiteMapViewProps) {
  const narrowing = new Set(["search", ...filters.map(({ name }) => name)]);
  const list = hrefWith(path, params, { view: undefined });
  return (
    <SoftNavigation address={hrefWith(path, params, {})}>
      <TableTools
        params={params}
        path={path}
        resetHref={hrefWith(path, {}, { view: "map" })}
        search={{ name: "search", label: "Search sites" }}
        filters={filters.map((filter) => <FilterMenu key={filter.name} {...filter} params={params} path={path} />)}
        columns={[]}
        filtered={entriesOf(params).some(([name]) => narrowing.has(name))}
        views={views}
      />
      <div className="mx-gutter">
        <div className="script-on">
          <SiteMap settings={map} sites={sites} href={(id) => `${path}/${id}`} />
        </div>
        <p className="script-off">
          The map needs JavaScript. <a className={textLink} href={list}>Show the sites as a list</a>
        </p>
        <p className="py-3 text-muted" role="status">
          {all === undefined ? `${countText(count, "site")} on the map.` : `The first ${countText(count, "site")} of ${all} are on the map. Search or filter to see the others.`}
        </p>
        {withoutLocation.count > 0 && <WithoutLocation {...withoutLocation} path={path} list={list} />}
      </div>
    </SoftNavigation>
  );
}

function WithoutLocation({ count, first, path, list }: SiteMapViewProps["withoutLocation"] & { path: string; list: string }) {
  return (
    <details className="pb-6">
      <summary className="text-soft">{countText(count, "site")} without a location</summary>
      <ul className="mt-2 grid list-none gap-x-6 gap-y-1 p-0 sm:grid-cols-2 lg:grid-cols-3">
        {first.map(({ id, name }) => (
          <li key={id}>
            <a className={`${textLink} wrap-anywhere`} href={`${path}/${id}`}>{name}</a>
          </li>
        ))}
        {count > first.length && (
          <li>
            <a className={textLink} href={list}>All sites as a list</a>
          </li>
        )}
      </ul>
    </details>
  );
}
