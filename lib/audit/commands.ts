import "server-only";
import type * as z from "zod/mini";
import type { Actor } from "@/lib/access/actor";
import { type EntryDetails, readExportPart } from "@/lib/audit/queries";
import { RecordExport } from "@/lib/audit/schema";
import { command } from "@/lib/kernel/command";
import { csvLine, csvStart } from "@/lib/kernel/csv";

/** Puts on the record that entries left the portal, and which. */
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

const headings = [
  "Timestamp", "Admin", "Email", "Kind", "Site", "Message", "Event", "Before", "After", "Address", "Browser", "Request id",
];

const written = (side: unknown) => (side === undefined ? "" : JSON.stringify(side));

const csvEntry = (entry: EntryDetails) =>
  csvLine([
    entry.at, entry.admin, entry.email, entry.actorKind, entry.siteName, entry.message, entry.name,
    written(entry.change?.before), written(entry.change?.after), entry.address, entry.browser, entry.requestId,
  ]);

const jsonEntry = ({ place, detailed: _, at, ...entry }: EntryDetails) =>
  `${JSON.stringify({ id: place.split("_")[1], timestamp: at.toISOString(), ...entry })}\n`;

const formats = {
  csv: { start: csvStart + csvLine(headings), line: csvEntry },
  ndjson: { start: "", line: jsonEntry },
};

/**
 * All entries of a filter as text, a part at a time. No part is read before the last one is taken, and nothing is held
 * between two of them, neither memory nor a connection.
 */
export async function exportAuditLog(actor: Actor, input: z.input<typeof RecordExport>) {
  await recordExport(actor, input);
  const { format, ...filter } = input;
  const { start, line } = formats[format];
  return parts();

  async function* parts() {
    yield start;
    let after: string | undefined;
    do {
      const part = await readExportPart(actor, { ...filter, after });
      if (part.rows.length > 0) yield part.rows.map(line).join("");
      after = part.next;
    } while (after);
  }
}
