import { orgPage } from "@/lib/web/org-page";
import { createSiteImportAction } from "./actions";
import { SiteImportForm } from "./site-import-form";

export default orgPage({ permission: "site.create", title: "Import Sites" }, ({ actor: { orgId } }) => (
  <SiteImportForm action={createSiteImportAction.bind(null, orgId)} sitesHref={`/orgs/${orgId}/sites`} />
));
