import * as z from "zod/mini";
import { PageHeader } from "@/components/ui/page-header";
import { getEffectiveSettings } from "@/lib/effective-settings/queries";
import { EffectiveSettingsParams } from "@/lib/effective-settings/schema";
import { orgPage } from "@/lib/web/org-page";
import { SettingList } from "./setting-list";
import { toSettingRow } from "./setting-row";

const title = "Effective Configuration";
const params = z.object({ siteId: z.uuid() });

export default orgPage({ permission: "site.read", title, params, search: EffectiveSettingsParams }, async ({ actor, params: { siteId }, search, query }) => {
  const { name, template, values, total } = await getEffectiveSettings(actor, { siteId, ...search });
  const site = `/orgs/${actor.orgId}/sites/${siteId}`;
  return (
    <>
      <PageHeader title={title} parent={{ label: name, href: site }} help="Every value that applies to this site, and where it comes from." />
      <SettingList rows={values.map(toSettingRow(template))} all={total} params={query} path={`${site}/effective`} />
    </>
  );
});
