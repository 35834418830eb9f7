import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listSiteGroups } from "@/lib/site-groups/queries";
import { ListSiteGroups } from "@/lib/site-groups/schema";
import { orgPage } from "@/lib/web/org-page";
import { SiteGroupList } from "./site-group-list";

const title = "Site Groups";

export default orgPage({ permission: "site.group", title, search: ListSiteGroups }, async ({ actor, search, query }) => {
  const { rows, total, ...page } = await listSiteGroups(actor, search);
  const path = `/orgs/${actor.orgId}/site-groups`;
  const createHref = `${path}/new`;
  return (
    <>
      <PageHeader title={title} help="Groups give administrators access to several sites at once." parent={{ label: "Site Configuration", href: `/orgs/${actor.orgId}/sites` }}>
        <LinkButton href={createHref} variant="primary">Create Site Group</LinkButton>
      </PageHeader>
      <SiteGroupList rows={rows} params={query} path={path} page={{ ...page, total, noun: total === 1 ? "site group" : "site groups" }} createHref={createHref} />
    </>
  );
});
