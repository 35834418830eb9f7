import { orgPage } from "@/lib/web/org-page";
import { createSiteGroupAction } from "../actions";
import { SiteGroupForm } from "../site-group-form";

export default orgPage({ permission: "site.group", title: "Create Site Group" }, ({ actor: { orgId } }) => (
  <SiteGroupForm action={createSiteGroupAction.bind(null, orgId)} defaults={{}} parent={{ label: "Site Groups", href: `/orgs/${orgId}/site-groups` }} />
));
