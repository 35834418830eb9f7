import * as z from "zod/mini";
import { fieldViews } from "@/components/settings/field-view";
import { SettingsFacts } from "@/components/settings/settings-facts";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { siteSections } from "@/lib/site-settings/sections";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { updateSiteSettingsAction } from "../actions";
import { dialogs } from "./dialogs";
import { ownFields, ownValues } from "./own-fields";
import { type PanelProps, panels } from "./panels";
import { SiteSettingsForm } from "./settings-form";
import { SiteMenu } from "./site-menu";

const title = "Site Configuration";
const params = z.object({ siteId: z.uuid() });

export default orgPage({ permission: "site.read", title, params }, async ({ actor, session, params: { siteId }, query }) => {
  const site = await getSiteSettings(actor, { siteId });
  const props: PanelProps = { actor, site, updates: can(actor, "site.update"), times: await timeFormat(session) };
  const parent = { label: title, href: `/orgs/${actor.orgId}/sites` };
  const path = `${parent.href}/${siteId}`;
  const values = siteSettingsFormValues(site);
  const shown = siteSections.sections.flatMap((section) => {
    const { id, title: heading, description } = section;
    const Panel = panels[id];
    const isEmpty = Object.keys(section.fields).length === 0 && !Panel;
    return isEmpty ? [] : [{ id, title: heading, description, fields: fieldViews(section, site, props.times), panel: Panel && <Panel {...props} /> }];
  });
  const Dialog = typeof query.dialog === "string" && Object.hasOwn(dialogs, query.dialog) ? dialogs[query.dialog] : undefined;
  return (
    <>
      {props.updates ? (
        <SiteSettingsForm
          title={site.name}
          parent={parent}
          action={updateSiteSettingsAction.bind(null, actor.orgId)}
          defaults={values}
          sections={shown}
          own={await ownFields(props)}
          menu={<SiteMenu actor={actor} path={path} />}
        />
      ) : (
        <>
          <PageHeader title={site.name} parent={parent} help="Your role can view this site, but not change it.">
            <SiteMenu actor={actor} path={path} />
          </PageHeader>
          <SettingsFacts values={values} sections={shown} own={await ownValues(props)} />
        </>
      )}
      {Dialog && <Dialog {...props} query={query} closeHref={path} />}
    </>
  );
});
