import type { NextRequest } from "next/server";
import { fileColumns } from "@/components/table/columns";
import { exportEffectiveSettings } from "@/lib/effective-settings/commands";
import { DownloadFormat, EffectiveSettingsParams } from "@/lib/effective-settings/schema";
import { refusalOf, requireDownloadContext, valuesIn } from "@/lib/web/endpoint";
import { attachment, csvFile } from "@/lib/web/file-response";
import { fromSearch } from "@/lib/web/page";
import { settingColumns } from "../columns";
import { toSettingRow } from "../setting-row";

async function* inOneBatch<Row>(rows: Row[]): AsyncGenerator<Row[]> {
  yield rows;
}

/** The settings that the page shows as a table, or all of them as a document in the shape of the published API. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ orgId: string; siteId: string }> }): Promise<Response> {
  try {
    const { orgId, siteId } = await params;
    const { actor } = await requireDownloadContext(orgId);
    const asked = Object.fromEntries(valuesIn(request.nextUrl.searchParams));
    const { template, values, derived } = await exportEffectiveSettings.fromRaw(actor, { siteId, ...fromSearch(EffectiveSettingsParams, asked) });
    const name = "effective-configuration";
    if (DownloadFormat.parse(asked.format) === "json") return new Response(`${JSON.stringify(derived, null, 2)}\n`, { headers: attachment(`${name}.json`, "application/json") });
    return csvFile(name, fileColumns(settingColumns, asked), inOneBatch(values.map(toSettingRow(template))));
  } catch (error) {
    return refusalOf(error, request);
  }
}
