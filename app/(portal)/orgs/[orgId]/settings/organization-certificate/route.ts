import type { NextRequest } from "next/server";
import { getCertificates } from "@/lib/certificates/queries";
import { certificateBytes } from "@/lib/certificates/rules";
import { notFoundError } from "@/lib/shared/app-error";
import { refusalOf, requireDownloadContext } from "@/lib/web/endpoint";
import { attachment } from "@/lib/web/file-response";

const types = { pem: "application/x-pem-file", crt: "application/pkix-cert" } as const;

/** The organization's own certificate as a file: PEM, or DER for what asks for .crt. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ orgId: string }> }): Promise<Response> {
  try {
    const { actor } = await requireDownloadContext((await params).orgId);
    const { authority } = await getCertificates(actor, {});
    if (!authority) throw notFoundError("Certificate");
    const format = request.nextUrl.searchParams.get("format") === "crt" ? "crt" : "pem";
    const body = format === "pem" ? authority.pem : new Uint8Array(certificateBytes(authority.pem));
    return new Response(body, { headers: attachment(`organization-certificate.${format}`, types[format]) });
  } catch (error) {
    return refusalOf(error, request);
  }
}
