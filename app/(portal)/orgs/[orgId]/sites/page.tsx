import { filterOfChoices } from "@/components/table/filter-choices";
import { splitSelection } from "@/components/table/selection";
import { hrefWith } from "@/components/table/url";
import { LinkButton } from "@/components/ui/button";
import { list, mapPin } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { countries } from "@/lib/shared/countries";
import { listSiteGroupOptions, listSites } from "@/lib/sites/queries";
import { ListSites } from "@/lib/sites/schema";
import { listSitesOnMap } from "@/lib/site-map/queries";
import { mapSettings } from "@/lib/web/map-settings";
import { orgPage } from "@/lib/web/org-page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { SelectionDialogs, selectionActions } from "./selection-dialogs";
import { SiteMapView } from "./map/site-map-view";
import { SiteList } from "./site-list";
import { toSiteRow } from "./site-row";

const title = "Site Configuration";

export default orgPage({ permission: "site.read", title, search: ListSites }, async ({ actor, search, query }) => {
  const { findGroup } = search;
  const { params, selected } = splitSelection(query);
  const isMap = query.view === "map";
  const [{ rows, total, countriesUsed, ...page }, onMap, views, groups] = await Promise.all([
    listSites(actor, search),
    isMap && listSitesOnMap(actor, search),
    viewsMenuOf(actor, "sites", params),
    listSiteGroupOptions(actor, { search: findGroup, chosen: [search.group ?? []].flat() }),
  ]);
  const choices = Object.entries(countries).flatMap(([value, label]) => (countriesUsed.includes(value) ? [{ value, label }] : []));
  const groupFilter = filterOfChoices({ name: "group", label: "Group", find: "findGroup" }, groups, findGroup);
  const filters = [{ name: "country", label: "Country", options: choices }, ...groupFilter];
  const path = `/orgs/${actor.orgId}/sites`;
  const createHref = can(actor, "site.create") ? `${path}/new` : undefined;
  const shared = { params, path, filters, views };
  return (
    <>
      <PageHeader title={title} help="Your sites and their settings.">
        <LinkButton href={hrefWith(path, params, { view: isMap ? undefined : "map" })} icon={isMap ? list : mapPin}>{isMap ? "List" : "Map"}</LinkButton>
        {can(actor, "template.read") && <LinkButton href={`/orgs/${actor.orgId}/rf-templates`}>Templates</LinkButton>}
        {can(actor, "site.group") && <LinkButton href={`/orgs/${actor.orgId}/site-groups`}>Site Groups</LinkButton>}
        {createHref && <LinkButton href={`${path}/import`}>Import Sites</LinkButton>}
        {createHref && <LinkButton href={createHref} variant="primary">Create Site</LinkButton>}
      </PageHeader>
      {onMap ? (
        <SiteMapView {...shared} {...onMap} map={mapSettings()} />
      ) : (
        <SiteList
          {...shared}
          rows={rows.map(toSiteRow)}
          selected={selected}
          actions={selectionActions(actor)}
          page={{ ...page, total, noun: (page.all ?? total) === 1 ? "site" : "sites" }}
          createHref={createHref}
        />
      )}
      <SelectionDialogs actor={actor} selected={selected} search={search} total={total} params={params} path={path} />
      <SavedViewDialogs actor={actor} list="sites" params={params} dialog={selected.dialog} />
    </>
  );
});
