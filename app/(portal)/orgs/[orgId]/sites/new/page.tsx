import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { createSiteAction } from "../actions";
import { siteOptions } from "../options";
import { SiteForm } from "../site-form";

export default orgPage({ permission: "site.create", title: "Create Site" }, async ({ actor: { orgId }, session }) => {
  const { zone } = await timeFormat(session);
  return (
    <SiteForm
      creates
      suggestionsHref={`/orgs/${orgId}/site-groups/suggestions`}
      places={siteOptions(new Date())}
      action={createSiteAction.bind(null, orgId)}
      defaults={{ timeZone: zone }}
      parent={{ label: "Site Configuration", href: `/orgs/${orgId}/sites` }}
    />
  );
});
