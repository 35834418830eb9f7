import * as z from "zod/mini";
import { LinkButton } from "@/components/ui/button";
import { can } from "@/lib/access/actor";
import { listSiteGroupOptions, listSiteOptions } from "@/lib/sites/queries";
import { orgPage } from "@/lib/web/org-page";
import { getWlanTemplate } from "@/lib/wlan-templates/queries";
import { deletionText, wlanTemplateFormValues } from "@/lib/wlan-templates/rules";
import { TemplateDialogs } from "../../templates/template-dialogs";
import { cloneWlanTemplateAction, deleteWlanTemplateAction, updateWlanTemplateAction } from "../actions";
import { AppliedFacts } from "./applied-facts";
import { VariablesPanel } from "./variables-panel";
import { WlanTemplateForm } from "./template-form";
import { WlansPanel } from "./wlans-panel";

const params = z.object({ templateId: z.uuid() });
const title = "WLAN Templates";

export default orgPage({ permission: "template.read", title, params }, async ({ actor, params: { templateId }, query }) => {
  const { orgId } = actor;
  const template = await getWlanTemplate(actor, { templateId });
  const { applied, reached, wlans } = template;
  const updates = can(actor, "template.update");
  const ids = (places: readonly { id: string }[]) => places.map(({ id }) => id);
  const parent = { label: title, href: `/orgs/${orgId}/wlan-templates` };
  const path = `${parent.href}/${templateId}`;
  const panels = {
    wlans: <WlansPanel wlans={wlans} orgId={orgId} addHref={updates ? `${path}/wlans/new` : undefined} />,
    variables: <VariablesPanel variables={template.variables} reached={reached} sitesHref={`${path}/sites`} />,
  };
  const places = { href: `/orgs/${orgId}/sites` };
  const options = async (chosen: readonly { id: string }[], excepted: readonly { id: string }[], list: typeof listSiteOptions, searchHref: string) =>
    [{ ...(await list(actor, { chosen: ids(chosen) })), searchHref }, { ...(await list(actor, { chosen: ids(excepted) })), searchHref }] as const;
  if (!updates) return <AppliedFacts template={template} parent={parent} panels={panels} />;
  const [sites, exceptSites] = await options(applied.sites, applied.exceptSites, listSiteOptions, `${places.href}/options`);
  const [groups, exceptGroups] = await options(applied.groups, applied.exceptGroups, listSiteGroupOptions, `${places.href}/groups/options`);
  return (
    <>
      <WlanTemplateForm
        parent={parent}
        action={updateWlanTemplateAction.bind(null, orgId)}
        defaults={wlanTemplateFormValues(template)}
        places={{ sites, exceptSites, groups, exceptGroups }}
        panels={panels}
        menu={
          <>
            <LinkButton href={`${path}?dialog=clone`} variant="quiet">Clone</LinkButton>
            <LinkButton href={`${path}?dialog=delete`} variant="quiet">Delete</LinkButton>
          </>
        }
      />
      <TemplateDialogs
        actor={actor}
        list="wlan-templates"
        template={template}
        use={deletionText({ ssids: wlans.map(({ document }) => String(document.ssid)), sites: reached })}
        dialog={query.dialog}
        closeHref={path}
        clone={cloneWlanTemplateAction.bind(null, orgId)}
        remove={deleteWlanTemplateAction.bind(null, orgId)}
      />
    </>
  );
});
