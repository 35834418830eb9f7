import * as z from "zod/mini";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { getWlanTemplate } from "@/lib/wlan-templates/queries";
import { wlanFormValues } from "@/lib/wlans/rules";
import { createWlanAction } from "../../../../wlans/actions";
import { WlanForm } from "../../../../wlans/wlan-form";
import { wlanViews } from "../../../../wlans/wlan-views";

const params = z.object({ templateId: z.uuid() });
const title = "Add WLAN";

export default orgPage({ permission: "template.update", title, params }, async ({ actor, session, params: { templateId } }) => {
  const { name, version } = await getWlanTemplate(actor, { templateId });
  return (
    <WlanForm
      kind="create"
      title={title}
      parent={{ label: name, href: `/orgs/${actor.orgId}/wlan-templates/${templateId}` }}
      action={createWlanAction.bind(null, actor.orgId)}
      defaults={wlanFormValues({ templateId, version, document: {} })}
      sections={wlanViews({ templateId }, [], await timeFormat(session))}
    />
  );
});
