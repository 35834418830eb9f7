import type { NextRequest } from "next/server";
import { exportAuditLog } from "@/lib/audit/commands";
import { resolvePeriod } from "@/lib/audit/rules";
import { AuditSearchParams, ExportFormat } from "@/lib/audit/schema";
import { toDateInputValue } from "@/lib/shared/time-zone";
import { attachment } from "@/lib/web/download";
import { askingPerson, refusalOf, streamOf, valuesIn } from "@/lib/web/endpoint";
import { fromSearch, timeFormat } from "@/lib/web/page";

const types = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" };

/** All entries the address asks for, sent as they are read. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ orgId: string }> }): Promise<Response> {
  try {
    const { actor, session } = await askingPerson((await params).orgId);
    const asked = Object.fromEntries(valuesIn(request.nextUrl.searchParams));
    const format = ExportFormat.parse(asked.format);
    const { admins, sites, message, ...search } = fromSearch(AuditSearchParams, asked);
    const now = new Date();
    const { zone } = await timeFormat(session);
    const parts = await exportAuditLog(actor, { ...resolvePeriod(search, now, zone), admins, sites, message, format });
    const file = `audit-log-${toDateInputValue(now, zone)}.${format}`;
    return new Response(streamOf(parts), { headers: attachment(file, types[format]) });
  } catch (error) {
    return refusalOf(error, request);
  }
}
