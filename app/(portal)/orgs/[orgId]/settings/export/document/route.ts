import { exportOrganization } from "@/lib/organization-documents/commands";
import { fileDownload } from "@/lib/web/download";

export const GET = fileDownload({ name: "organization.yaml", type: "application/yaml; charset=utf-8", open: (actor) => exportOrganization(actor, {}) });
