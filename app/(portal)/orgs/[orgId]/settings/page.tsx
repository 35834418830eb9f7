import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import { sections } from "@/lib/settings/sections";
import { listSiteOptions } from "@/lib/sites/queries";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { updateSettingsAction } from "./actions";
import { dialogs } from "./dialogs";
import { fieldViews } from "@/components/settings/field-view";
import { panels } from "./panels";
import { SettingsFacts } from "@/components/settings/settings-facts";
import { OrganizationSettingsForm } from "./settings-form";
import { SettingsMenu } from "./settings-menu";

const title = "Settings";

export default orgPage({ permission: "settings.read", title }, async ({ actor, session, query }) => {
  const settings = await getSettings(actor, {});
  const times = await timeFormat(session);
  const updates = can(actor, "settings.update");
  const path = `/orgs/${actor.orgId}/settings`;
  const values = settingsFormValues(settings);
  const sites = await listSiteOptions(actor, { chosen: [values["installer.extra_site_ids"] ?? []].flat() });
  const shown = sections
    .filter(({ id, fields }) => Object.keys(fields).length > 0 || panels[id])
    .map((section) => {
      const { id, title: heading, description } = section;
      const Panel = panels[id];
      return { id, title: heading, description, fields: fieldViews(section, settings, times), panel: Panel && <Panel actor={actor} updates={updates} times={times} /> };
    });
  const Dialog = typeof query.dialog === "string" && Object.hasOwn(dialogs, query.dialog) ? dialogs[query.dialog] : undefined;
  return (
    <>
      {updates ? (
        <OrganizationSettingsForm action={updateSettingsAction.bind(null, actor.orgId)} defaults={values} sections={shown} sites={{ ...sites, searchHref: `/orgs/${actor.orgId}/sites/options` }} menu={<SettingsMenu actor={actor} />} />
      ) : (
        <>
          <PageHeader title={title}>
            <SettingsMenu actor={actor} />
          </PageHeader>
          <SettingsFacts values={values} sections={shown} siteNames={new Map(sites.choices.map(({ id, name }) => [id, name]))} />
        </>
      )}
      {Dialog && <Dialog actor={actor} updates={updates} session={session} query={query} closeHref={path} />}
    </>
  );
});
