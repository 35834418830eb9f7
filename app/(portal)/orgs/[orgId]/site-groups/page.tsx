import { splitSelection } from "@/components/table/selection";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listSiteGroups } from "@/lib/site-groups/queries";
import { ListSiteGroups } from "@/lib/site-groups/schema";
import { orgPage } from "@/lib/web/org-page";
import { SavedViewDialogs } from "../../../account/views/dialogs";
import { viewsMenuOf } from "../../../account/views/views-menu";
import { SiteGroupList } from "./site-group-list";

const title = "Site Groups";

export default orgPage({ permission: "site.group", title, search: ListSiteGroups }, async ({ actor, search, query }) => {
  const { params, selected } = splitSelection(query);
  const [{ rows, total, ...page }, views] = await Promise.all([listSiteGroups(actor, search), viewsMenuOf(actor, "site-groups", params)]);
  const path = `/orgs/${actor.orgId}/site-groups`;
  const createHref = `${path}/new`;
  return (
    <>
      <PageHeader title={title} help="Groups give administrators access to several sites at once." parent={{ label: "Site Configuration", href: `/orgs/${actor.orgId}/sites` }}>
        <LinkButton href={createHref} variant="primary">Create Site Group</LinkButton>
      </PageHeader>
      <SiteGroupList
        rows={rows}
        params={params}
        path={path}
        page={{ ...page, total, noun: total === 1 ? "site group" : "site groups" }}
        views={views}
        createHref={createHref}
      />
      <SavedViewDialogs actor={actor} list="site-groups" params={params} dialog={selected.dialog} />
    </>
  );
});
