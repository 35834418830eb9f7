import * as z from "zod/mini";
import { splitSelection } from "@/components/table/selection";
import { PageHeader } from "@/components/ui/page-header";
import { orgPage } from "@/lib/web/org-page";
import { listTemplateSites } from "@/lib/wlan-templates/queries";
import { TemplateSitesParams } from "@/lib/wlan-templates/schema";
import { SiteValueList } from "./site-value-list";

const params = z.object({ templateId: z.uuid() });

export default orgPage({ permission: "template.read", title: "Values per Site", params, search: TemplateSitesParams }, async ({ actor, params: { templateId }, search, query }) => {
  const { params: shown } = splitSelection(query);
  const { rows, names, template, total, ...page } = await listTemplateSites(actor, { templateId, ...search });
  const href = `/orgs/${actor.orgId}/wlan-templates/${templateId}`;
  return (
    <>
      <PageHeader title="Values per Site" help="What the variables of this template stand for at each site that uses it." parent={{ label: template, href }} />
      <SiteValueList rows={rows} hasVariables={names.length > 0} params={shown} path={`${href}/sites`} sitesPath={`/orgs/${actor.orgId}/sites`} page={{ ...page, total, noun: total === 1 ? "site" : "sites" }} />
    </>
  );
});
