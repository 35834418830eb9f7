import { orgPage } from "@/lib/web/org-page";
import { NewTemplateForm } from "../../templates/new-template-form";
import { createWlanTemplateAction } from "../actions";

export default orgPage({ permission: "template.update", title: "Create WLAN Template" }, ({ actor: { orgId } }) => (
  <NewTemplateForm list="wlan-templates" action={createWlanTemplateAction.bind(null, orgId)} parent={{ label: "WLAN Templates", href: `/orgs/${orgId}/wlan-templates` }} />
));
