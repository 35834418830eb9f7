import "server-only";
import { getExportPage } from "@/lib/audit/queries";
import { RecordExport } from "@/lib/audit/schema";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";

/** Writes the audit entry of an export, with its filter. */
export const recordExport = command({
  permission: "audit.export",
  input: RecordExport,
  async run({ actor, record }, { format, from, to, admins, sites, message }) {
    await record("audit.exported", {
      subject: { id: actor.orgId, label: "" },
      note: `as ${format.toUpperCase()}`,
      after: { from: from.toISOString(), to: to.toISOString(), admins, sites, message },
    });
  },
});

/** Streams all entries that match a filter in batches, after writing the audit entry of the export. */
export const exportAuditLog = exporting(recordExport, getExportPage);
