import * as z from "zod/mini";
import { SettingsFacts } from "@/components/settings/settings-facts";
import { LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { textAt } from "@/lib/shared/settings/document";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { getWlan } from "@/lib/wlans/queries";
import { wlanFormValues } from "@/lib/wlans/rules";
import { deleteWlanAction, updateWlanAction } from "../actions";
import { WlanForm } from "../wlan-form";
import { wlanViews } from "../wlan-views";
import { DeleteWlanForm } from "./delete-form";

const params = z.object({ wlanId: z.uuid() });

export default orgPage({ permission: "template.read", title: "WLAN", params }, async ({ actor, session, params: { wlanId }, query }) => {
  const { orgId } = actor;
  const wlan = await getWlan(actor, { wlanId });
  const updates = can(actor, "template.update");
  const ssid = textAt(wlan.document, "ssid");
  const parent = { label: wlan.template, href: `/orgs/${orgId}/wlan-templates/${wlan.templateId}` };
  const path = `/orgs/${orgId}/wlans/${wlanId}`;
  const values = wlanFormValues(wlan);
  const sections = wlanViews(updates ? { wlanId, templateId: wlan.templateId } : {}, wlan.secrets, await timeFormat(session));
  if (!updates) {
    return (
      <>
        <PageHeader title={ssid} parent={parent} help="You can view this WLAN, but not change it." />
        <SettingsFacts values={values} sections={sections} />
      </>
    );
  }
  return (
    <>
      <WlanForm
        kind="update"
        title={ssid}
        parent={parent}
        action={updateWlanAction.bind(null, orgId)}
        defaults={values}
        sections={sections}
        menu={<LinkButton href={`${path}?dialog=delete`} variant="quiet">Delete WLAN</LinkButton>}
      />
      {query.dialog === "delete" && (
        <Dialog title={`Delete ${ssid}?`} closeHref={path}>
          <DeleteWlanForm wlanId={wlanId} template={wlan.template} action={deleteWlanAction.bind(null, orgId)} closeHref={path} />
        </Dialog>
      )}
    </>
  );
});
