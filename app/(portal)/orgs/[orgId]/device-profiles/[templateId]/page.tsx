import * as z from "zod/mini";
import { getDeviceProfile } from "@/lib/device-profiles/queries";
import { deviceProfileKind } from "@/lib/device-profiles/rules";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { TemplateDialogs } from "../../templates/template-dialogs";
import { TemplateSettingsPage } from "../../templates/template-settings-page";
import { cloneDeviceProfileAction, deleteDeviceProfileAction, updateDeviceProfileAction } from "../actions";

const params = z.object({ templateId: z.uuid() });
const list = "device-profiles";

export default orgPage({ permission: "template.read", title: "Device Profiles", params }, async ({ actor, session, params: { templateId }, query }) => {
  const { orgId } = actor;
  const template = await getDeviceProfile(actor, { templateId });
  return (
    <>
      <TemplateSettingsPage actor={actor} list={list} kind={deviceProfileKind} template={template} times={await timeFormat(session)} action={updateDeviceProfileAction.bind(null, orgId)} />
      <TemplateDialogs
        actor={actor}
        list={list}
        template={template}
        use="No device uses it."
        dialog={query.dialog}
        closeHref={`/orgs/${orgId}/${list}/${templateId}`}
        clone={cloneDeviceProfileAction.bind(null, orgId)}
        remove={deleteDeviceProfileAction.bind(null, orgId)}
      />
    </>
  );
});
