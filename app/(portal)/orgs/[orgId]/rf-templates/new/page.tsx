import { orgPage } from "@/lib/web/org-page";
import { NewTemplateForm } from "../../templates/new-template-form";
import { createRfTemplateAction } from "../actions";

export default orgPage({ permission: "template.update", title: "Create RF Template" }, ({ actor: { orgId } }) => (
  <NewTemplateForm list="rf-templates" action={createRfTemplateAction.bind(null, orgId)} parent={{ label: "RF Templates", href: `/orgs/${orgId}/rf-templates` }} />
));
