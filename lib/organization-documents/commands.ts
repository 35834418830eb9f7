import "server-only";
import { command } from "@/lib/kernel/command";
import { exportDocument } from "@/lib/organization-documents/internal";
import { ExportOrganization } from "@/lib/organization-documents/schema";
import { serverCommand } from "@/lib/staff/internal";

/** The organization as one YAML document without secrets: settings, site groups, sites and administrators. */
export const exportOrganization = command({
  permission: "organization.export",
  input: ExportOrganization,
  run: exportDocument,
});

/** The same for staff on the command line of the server. */
export const exportOnServer = serverCommand<object, string>(exportDocument);
