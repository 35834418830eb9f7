import { orgPage } from "@/lib/web/org-page";
import { NewTemplateForm } from "../../templates/new-template-form";
import { createDeviceProfileAction } from "../actions";

export default orgPage({ permission: "template.update", title: "Create Device Profile" }, ({ actor: { orgId } }) => (
  <NewTemplateForm list="device-profiles" action={createDeviceProfileAction.bind(null, orgId)} parent={{ label: "Device Profiles", href: `/orgs/${orgId}/device-profiles` }} />
));
