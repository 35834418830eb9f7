import type { NextRequest } from "next/server";
import { exportForVerification } from "@/lib/audit-chain/commands";
import { requireDownloadContext, refusalOf } from "@/lib/web/endpoint";
import { ndjsonFile } from "@/lib/web/file-response";

/** Streams the audit log with its chain, for the command that verifies it. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ orgId: string }> }): Promise<Response> {
  try {
    const { actor } = await requireDownloadContext((await params).orgId);
    return ndjsonFile(`audit-log-verification-${new Date().toISOString().slice(0, 10)}`, await exportForVerification(actor, {}));
  } catch (error) {
    return refusalOf(error, request);
  }
}
