import type { NextRequest } from "next/server";
import { fileColumns } from "@/components/table/columns";
import { exportAuditLog } from "@/lib/audit/commands";
import { resolvePeriod } from "@/lib/audit/rules";
import { AuditSearchParams, ExportFormat } from "@/lib/audit/schema";
import { toDateInputValue } from "@/lib/shared/time-zone";
import { csvFile, mapped, ndjsonFile } from "@/lib/web/file-response";
import { requireDownloadContext, refusalOf, valuesIn } from "@/lib/web/endpoint";
import { fromSearch, timeFormat } from "@/lib/web/page";
import { entryColumns } from "../columns";
import { toEntryFileRow, toEntryJson } from "../entry-row";

/** Streams all entries that match the filter. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ orgId: string }> }): Promise<Response> {
  try {
    const { actor, session } = await requireDownloadContext((await params).orgId);
    const searchParams = Object.fromEntries(valuesIn(request.nextUrl.searchParams));
    const format = ExportFormat.parse(searchParams.format);
    const { admins, sites, message, ...search } = fromSearch(AuditSearchParams, searchParams);
    const now = new Date();
    const { zone } = await timeFormat(session);
    const batches = await exportAuditLog(actor, { ...resolvePeriod(search, now, zone), admins, sites, message, format });
    const name = `audit-log-${toDateInputValue(now, zone)}`;
    if (format === "ndjson") return ndjsonFile(name, mapped(batches, toEntryJson));
    return csvFile(name, fileColumns(entryColumns(() => ""), searchParams), mapped(batches, toEntryFileRow));
  } catch (error) {
    return refusalOf(error, request);
  }
}
