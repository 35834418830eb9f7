import { listDeviceProfiles } from "@/lib/device-profiles/queries";
import { ListTemplates } from "@/lib/templates/schema";
import { orgPage } from "@/lib/web/org-page";
import { TemplateListPage } from "../templates/template-list-page";

export default orgPage({ permission: "template.read", title: "Device Profiles", search: ListTemplates }, ({ actor, search, query }) => (
  <TemplateListPage list="device-profiles" actor={actor} search={search} query={query} read={listDeviceProfiles} />
));
