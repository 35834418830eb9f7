import * as z from "zod/mini";
import { getRfTemplate } from "@/lib/rf-templates/queries";
import { rfTemplateKind } from "@/lib/rf-templates/rules";
import { resolvedSettings, usageText } from "@/lib/templates/rules";
import { orgPage } from "@/lib/web/org-page";
import { timeFormat } from "@/lib/web/page";
import { TemplateDialogs } from "../../templates/template-dialogs";
import { TemplateSettingsPage } from "../../templates/template-settings-page";
import { UsedBySites } from "../../templates/used-by-sites";
import { cloneRfTemplateAction, deleteRfTemplateAction, updateRfTemplateAction } from "../actions";

const params = z.object({ templateId: z.uuid() });
const list = "rf-templates";

export default orgPage({ permission: "template.read", title: "RF Templates", params }, async ({ actor, session, params: { templateId }, query }) => {
  const { orgId } = actor;
  const { use, ...template } = await getRfTemplate(actor, { templateId });
  const resolve = (variables: Readonly<Record<string, string>>) => resolvedSettings(rfTemplateKind.sectionsOf(null), template.document, variables);
  const sites = { id: "sites", title: "Sites", description: "The sites that use this template.", fields: [], panel: <UsedBySites use={use} orgId={orgId} resolve={resolve} /> };
  return (
    <>
      <TemplateSettingsPage actor={actor} list={list} kind={rfTemplateKind} template={template} times={await timeFormat(session)} action={updateRfTemplateAction.bind(null, orgId)} further={[sites]} />
      <TemplateDialogs
        actor={actor}
        list={list}
        template={template}
        use={usageText(use)}
        unassign={use.total > 0 ? "Take it from these sites" : undefined}
        dialog={query.dialog}
        closeHref={`/orgs/${orgId}/${list}/${templateId}`}
        clone={cloneRfTemplateAction.bind(null, orgId)}
        remove={deleteRfTemplateAction.bind(null, orgId)}
      />
    </>
  );
});
