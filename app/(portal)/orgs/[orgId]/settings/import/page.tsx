import { maxDocumentSize } from "@/lib/organization-import/schema";
import { orgPage } from "@/lib/web/org-page";
import { importOrganizationAction } from "./actions";
import { ImportForm } from "./import-form";

export default orgPage({ permission: "organization.import", title: "Import" }, ({ actor }) => (
  <ImportForm action={importOrganizationAction.bind(null, actor.orgId)} settingsHref={`/orgs/${actor.orgId}/settings`} maxSize={maxDocumentSize} />
));
