import { filterOfChoices } from "@/components/table/filter-choices";
import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { countries } from "@/lib/shared/countries";
import { listSiteGroupOptions, listSites } from "@/lib/sites/queries";
import { ListSites } from "@/lib/sites/schema";
import { orgPage } from "@/lib/web/org-page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { SelectionDialogs, selectionActions } from "./selection-dialogs";
import { SiteList } from "./site-list";
import { toSiteRow } from "./site-row";

const title = "Site Configuration";

export default orgPage({ permission: "site.read", title, search: ListSites }, async ({ actor, search, query }) => {
  const { findGroup } = search;
  const { params, selected } = splitSelection(query);
  const [{ rows, total, countriesUsed, ...page }, views, groups] = await Promise.all([
    listSites(actor, search),
    viewsMenuOf(actor, "sites", params),
    listSiteGroupOptions(actor, { search: findGroup, chosen: [search.group ?? []].flat() }),
  ]);
  const choices = Object.entries(countries).flatMap(([value, label]) => (countriesUsed.includes(value) ? [{ value, label }] : []));
  const groupFilter = filterOfChoices({ name: "group", label: "Group", find: "findGroup" }, groups, findGroup);
  const path = `/orgs/${actor.orgId}/sites`;
  const createHref = can(actor, "site.create") ? `${path}/new` : undefined;
  return (
    <>
      <PageHeader title={title} help="Your sites and their settings.">
        {can(actor, "site.group") && <LinkButton href={`/orgs/${actor.orgId}/site-groups`}>Site Groups</LinkButton>}
        {createHref && <LinkButton href={createHref} variant="primary">Create Site</LinkButton>}
      </PageHeader>
      <SiteList
        rows={rows.map(toSiteRow)}
        params={params}
        selected={selected}
        actions={selectionActions(actor)}
        path={path}
        page={{ ...page, total, noun: (page.all ?? total) === 1 ? "site" : "sites" }}
        views={views}
        filters={[{ name: "country", label: "Country", options: choices }, ...groupFilter]}
        createHref={createHref}
      />
      <SelectionDialogs actor={actor} selected={selected} search={search} total={total} params={params} path={path} />
      <SavedViewDialogs actor={actor} list="sites" params={params} dialog={selected.dialog} />
    </>
  );
});
