import { ListTemplates } from "@/lib/templates/schema";
import { orgPage } from "@/lib/web/org-page";
import { listWlanTemplates } from "@/lib/wlan-templates/queries";
import { TemplateListPage } from "../templates/template-list-page";

export default orgPage({ permission: "template.read", title: "WLAN Templates", search: ListTemplates }, ({ actor, search, query }) => (
  <TemplateListPage list="wlan-templates" actor={actor} search={search} query={query} read={listWlanTemplates} />
));
