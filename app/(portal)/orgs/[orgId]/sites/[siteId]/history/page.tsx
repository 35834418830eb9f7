import * as z from "zod/mini";
import { HistoryDifferences } from "@/components/settings/history-differences";
import { HistorySections } from "@/components/settings/history-sections";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { getSiteHistory } from "@/lib/settings-history/queries";
import { GetSettingsHistory } from "@/lib/settings-history/schema";
import { siteSettingLabel, siteValueText } from "@/lib/site-settings/rules";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { restoreSiteAction } from "../../../settings/history/actions";

const title = "History";
const params = z.object({ siteId: z.uuid() });

export default orgPage({ permission: "audit.read", title, params, search: GetSettingsHistory }, async ({ actor, session, params: { siteId }, search }) => {
  const { name, differences, chosen, version, notes, templates, ...history } = await getSiteHistory(actor, { siteId, ...search });
  const site = `/orgs/${actor.orgId}/sites/${siteId}`;
  const templateNames = new Map(templates.map((template) => [template.id, template.name]));
  const textOf = (path: string, value: unknown) => {
    if (value === undefined || value === null) return "Default";
    return path === "rfTemplate" && typeof value === "string" ? (templateNames.get(value) ?? "Deleted RF template") : siteValueText(path, value);
  };
  const action = can(actor, "site.update") ? restoreSiteAction.bind(null, actor.orgId) : undefined;
  return (
    <>
      <PageHeader title={title} parent={{ label: name, href: site }} />
      <HistorySections {...history} chosen={chosen} what="this site" path={`${site}/history`} times={await timeFormat(session)}>
        <HistoryDifferences
          differences={differences.map(({ path, from, to }) => ({
            path,
            label: siteSettingLabel(path) ?? path,
            from: textOf(path, from),
            to: textOf(path, to),
            note: notes[path],
          }))}
          action={action}
          fields={{ siteId, point: chosen.from, version: String(version) }}
        />
      </HistorySections>
    </>
  );
});
