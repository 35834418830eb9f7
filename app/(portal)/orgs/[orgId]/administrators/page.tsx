import { filterOfChoices } from "@/components/table/filter-choices";
import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { listAdministrators } from "@/lib/administrators/queries";
import { ListAdministrators } from "@/lib/administrators/schema";
import { listSiteOptions } from "@/lib/sites/queries";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { AdministratorList } from "./administrator-list";
import { toAdministratorRow } from "./administrator-row";
import { rowActions, RowDialogs } from "./row-dialogs";
import { SelectionDialogs, selectionActions } from "./selection-dialogs";
import { fixedFilters } from "./labels";

const title = "Administrators";

export default orgPage({ permission: "administrator.read", title, search: ListAdministrators }, async ({ actor, session, search, query }) => {
  const { findSite } = search;
  const { params, selected } = splitSelection(query);
  const [{ rows, total, ...page }, views, sites] = await Promise.all([
    listAdministrators(actor, search),
    viewsMenuOf(actor, "administrators", params),
    listSiteOptions(actor, { search: findSite, chosen: [search.site ?? []].flat() }),
  ]);
  const times = await timeFormat(session);
  const path = `/orgs/${actor.orgId}/administrators`;
  const inviteHref = can(actor, "administrator.invite") ? `${path}/invite` : undefined;
  const siteFilter = filterOfChoices({ name: "site", label: "Site", find: "findSite" }, sites, findSite);
  const noun = (page.all ?? total) === 1 ? "administrator" : "administrators";
  return (
    <>
      <PageHeader title={title} help="Who has access to this organization and its sites.">
        {can(actor, "access_review.read") && <LinkButton href={`/orgs/${actor.orgId}/access-review`} variant="quiet">Access Review</LinkButton>}
        <LinkButton href={`${path}/roles`} variant="quiet">Roles</LinkButton>
        {inviteHref && <LinkButton href={inviteHref} variant="primary">Invite Administrator</LinkButton>}
      </PageHeader>
      <AdministratorList
        rows={rows.map((row) => toAdministratorRow(row, times, rowActions(actor, row, path, params)))}
        params={params}
        selected={selected}
        actions={selectionActions(actor)}
        path={path}
        page={{ ...page, total, noun, note: `times in ${times.zone}` }}
        views={views}
        filters={[...fixedFilters, ...siteFilter]}
        inviteHref={inviteHref}
      />
      <SelectionDialogs actor={actor} selected={selected} search={search} total={total} params={params} path={path} />
      <RowDialogs actor={actor} session={session} selected={selected} params={params} path={path} />
      <SavedViewDialogs actor={actor} list="administrators" params={params} dialog={selected.dialog} />
    </>
  );
});
