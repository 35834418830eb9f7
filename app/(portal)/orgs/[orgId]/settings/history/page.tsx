import { HistoryDifferences } from "@/components/settings/history-differences";
import { HistorySections } from "@/components/settings/history-sections";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { getSettingsHistory } from "@/lib/settings-history/queries";
import { GetSettingsHistory } from "@/lib/settings-history/schema";
import { settingLabel } from "@/lib/settings/rules";
import { settingsSections, siteListNames } from "@/lib/settings/sections";
import { valueAt } from "@/lib/shared/settings/document";
import { valueTexts } from "@/lib/shared/settings/value-text";
import { listSiteOptions } from "@/lib/sites/queries";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { restoreSettingsAction } from "./actions";

const title = "History";
const valueText = valueTexts(settingsSections);

export default orgPage({ permission: "audit.read", title, search: GetSettingsHistory }, async ({ actor, session, search }) => {
  const { differences, chosen, version, ...history } = await getSettingsHistory(actor, search);
  const settings = `/orgs/${actor.orgId}/settings`;
  const listed = [history.from, history.to].flatMap((document) => siteListNames.flatMap((path) => (valueAt(document, path) ?? []) as string[]));
  const { choices } = await listSiteOptions(actor, { chosen: [...new Set(listed)] });
  const names = new Map(choices.map(({ id, name }) => [id, name]));
  const textOf = (path: string, value: unknown) => (value === undefined || value === null ? "Default" : valueText(path, value, names));
  const action = can(actor, "settings.update") ? restoreSettingsAction.bind(null, actor.orgId) : undefined;
  return (
    <>
      <PageHeader title={title} parent={{ label: "Settings", href: settings }} />
      <HistorySections {...history} chosen={chosen} what="the settings" path={`${settings}/history`} times={await timeFormat(session)}>
        <HistoryDifferences
          differences={differences.map(({ path, from, to }) => ({ path, label: settingLabel(path) ?? path, from: textOf(path, from), to: textOf(path, to) }))}
          action={action}
          fields={{ point: chosen.from, version: String(version) }}
        />
      </HistorySections>
    </>
  );
});
