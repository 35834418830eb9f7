import "server-only";
import type * as z from "zod/mini";
import type { Actor } from "@/lib/access/actor";
import { type EntryDetails, getExportPage } from "@/lib/audit/queries";
import { RecordExport } from "@/lib/audit/schema";
import { command } from "@/lib/kernel/command";
import { csvRow, utf8Bom } from "@/lib/kernel/csv";

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

const csvHeadings = [
  "Timestamp", "Admin", "Email", "Kind", "Site", "Message", "Event", "Before", "After", "Address", "Browser", "Request id",
];

const toJson = (value: unknown) => (value === undefined ? "" : JSON.stringify(value));

const formatCsvEntry = (entry: EntryDetails) =>
  csvRow([
    entry.at, entry.admin, entry.email, entry.actorKind, entry.siteName, entry.message, entry.name,
    toJson(entry.change?.before), toJson(entry.change?.after), entry.ipAddress, entry.userAgent, entry.requestId,
  ]);

const formatNdjsonEntry = ({ cursor, detailed: _, at, ipAddress, userAgent, ...entry }: EntryDetails) =>
  `${JSON.stringify({ id: cursor.split("_")[1], timestamp: at.toISOString(), ...entry, address: ipAddress, browser: userAgent })}\n`;

const formats = {
  csv: { start: utf8Bom + csvRow(csvHeadings), line: formatCsvEntry },
  ndjson: { start: "", line: formatNdjsonEntry },
};

/**
 * Streams all entries that match a filter as text, one page per chunk. The next page is read only when the consumer
 * asks for it; no connection is held in between.
 */
export async function exportAuditLog(actor: Actor, input: z.input<typeof RecordExport>) {
  await recordExport(actor, input);
  const { format, ...filter } = input;
  const { start, line } = formats[format];
  return chunks();

  async function* chunks() {
    yield start;
    let after: string | undefined;
    do {
      const page = await getExportPage(actor, { ...filter, after });
      if (page.rows.length > 0) yield page.rows.map(line).join("");
      after = page.next;
    } while (after);
  }
}
