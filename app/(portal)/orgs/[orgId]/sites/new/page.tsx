import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { createSiteAction } from "../actions";
import { locationOptions, siteOptions, suggestionsHref } from "../options";
import { SiteForm } from "../site-form";

export default orgPage({ permission: "site.create", title: "Create Site" }, async ({ actor, session }) => {
  const { orgId } = actor;
  const { zone } = await timeFormat(session);
  return (
    <SiteForm
      suggestionsHref={suggestionsHref(actor)}
      options={siteOptions(new Date())}
      location={locationOptions(actor)}
      action={createSiteAction.bind(null, orgId)}
      defaults={{ timeZone: zone }}
      parent={{ label: "Site Configuration", href: `/orgs/${orgId}/sites` }}
    />
  );
});
