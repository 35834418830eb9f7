import { Empty } from "@/components/ui/empty";
import { history as historyIcon } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections } from "@/components/ui/section";
import { can } from "@/lib/access/actor";
import { getSettingsHistory } from "@/lib/settings-history/queries";
import { GetSettingsHistory } from "@/lib/settings-history/schema";
import { siteListNames } from "@/lib/settings/sections";
import { valueAt } from "@/lib/shared/settings/document";
import { listSiteOptions } from "@/lib/sites/queries";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { Differences } from "./differences";
import { Points } from "./points";

const title = "History";

export default orgPage({ permission: "audit.read", title, search: GetSettingsHistory }, async ({ actor, session, search }) => {
  const history = await getSettingsHistory(actor, search);
  const times = await timeFormat(session);
  const settings = `/orgs/${actor.orgId}/settings`;
  const listed = [history.from, history.to].flatMap((document) => siteListNames.flatMap((path) => (valueAt(document, path) ?? []) as string[]));
  const { choices } = await listSiteOptions(actor, { chosen: [...new Set(listed)] });
  return (
    <>
      <PageHeader title={title} parent={{ label: "Settings", href: settings }} />
      <Sections>
        {history.hasChanges ? (
          <>
            <Section title="Compare" description={`Choose two points. The history reaches back ${history.reachDays} days.`}>
              <Points history={history} path={`${settings}/history`} times={times} />
            </Section>
            <Section title="Differences" description="Secrets are never kept in the history, so they can’t be compared or restored.">
              <Differences orgId={actor.orgId} history={history} updates={can(actor, "settings.update")} siteNames={new Map(choices.map(({ id, name }) => [id, name]))} />
            </Section>
          </>
        ) : (
          <Empty title="No changes yet" icon={historyIcon}>
            <p>When somebody changes the settings, you can compare them here with what they were for {history.reachDays} days, and restore them.</p>
          </Empty>
        )}
      </Sections>
    </>
  );
});
