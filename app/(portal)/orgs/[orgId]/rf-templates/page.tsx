import { listRfTemplates } from "@/lib/rf-templates/queries";
import { ListTemplates } from "@/lib/templates/schema";
import { orgPage } from "@/lib/web/org-page";
import { TemplateListPage } from "../templates/template-list-page";

export default orgPage({ permission: "template.read", title: "RF Templates", search: ListTemplates }, ({ actor, search, query }) => (
  <TemplateListPage list="rf-templates" actor={actor} search={search} query={query} read={listRfTemplates} />
));
