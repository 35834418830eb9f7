import type { NextRequest } from "next/server";
import { exportAccountData } from "@/lib/data-export/commands";
import { attachment } from "@/lib/web/file-response";
import { requireRecentAuthFromRequest, refusalOf } from "@/lib/web/endpoint";

/** The data export of the signed-in account. */
export async function GET(request: NextRequest): Promise<Response> {
  try {
    const copy = await exportAccountData(await requireRecentAuthFromRequest(), {});
    return new Response(JSON.stringify(copy, null, 2), { headers: attachment("signalbox-account.json", "application/json") });
  } catch (error) {
    return refusalOf(error, request);
  }
}
