import "server-only";
import { command } from "@/lib/kernel/command";
import { readDocument } from "@/lib/organization-documents/queries";
import { formatDocument } from "@/lib/organization-documents/rules";
import { ExportOrganization } from "@/lib/organization-documents/schema";
import { countText } from "@/lib/shared/count-text";

/** The organization as one YAML document without secrets: settings, site groups, sites and administrators. */
export const exportOrganization = command({
  permission: "organization.export",
  input: ExportOrganization,
  async run({ tx, actor, record }) {
    const { document } = await readDocument(tx, actor.orgId);
    const counts = [countText(document.sitegroups.length, "site group"), countText(document.sites.length, "site"), countText(document.admins.length, "administrator")];
    await record("organization.exported", { subject: { id: actor.orgId, label: String(document.settings.name) }, after: { contents: counts } });
    return formatDocument(document);
  },
});
