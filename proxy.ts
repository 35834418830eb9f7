import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { headersFor } from "@/lib/web/headers";
import { type Refusal, isReservedHeader, refusal, refusalBody, siteAt } from "@/lib/web/origin";
import { answerPolicy } from "@/lib/web/policy";
import { isRequestId, newRequestId, pathAsked } from "@/lib/web/request";

// What came through the door is judged and dressed already: its header, which the door alone sets, spares it this way.
export const config = { matcher: [{ source: "/((?!_next/static/).*)", missing: [{ type: "header", key: "x-signalbox-door" }] }] };

/**
 * The rules of the door for whoever runs without it: judges every request, and gives pages their script policy.
 * Nobody's rights are decided here: that is the data layer's alone.
 */
export function proxy(request: NextRequest): NextResponse {
  const site = siteAt(env().APP_URL);
  const shell = { secure: site.secure, development: env().NODE_ENV === "development" };
  const { pathname, search } = request.nextUrl;
  const given = request.headers.get("x-request-id");
  const requestId = isRequestId(given) ? given : newRequestId();

  const header = (name: string) => request.headers.get(name) ?? undefined;
  const refused = refusal({ method: request.method, target: pathname + search, header }, site);
  const policy = answerPolicy(shell);
  const response = refused
    ? refuse(refused, pathname)
    : NextResponse.next({ request: { headers: headersForApp(request.headers, { requestId, policy, site, path: pathname + search }) } });

  for (const [name, value] of headersFor(pathname, shell)) response.headers.set(name, value);
  if (!refused) response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Request-Id", requestId);
  return response;
}

function refuse(refused: Refusal, pathname: string): NextResponse {
  const { type, body } = refusalBody(refused, pathname);
  const headers = { "Content-Type": type, ...(refused.allow ? { Allow: refused.allow } : {}) };
  return new NextResponse(body, { status: refused.status, headers });
}

type Ours = { requestId: string; policy: string; site: { origin: string }; path: string };

function headersForApp(inbound: Headers, { requestId, policy, site, path }: Ours): Headers {
  const headers = new Headers([...inbound].filter(([name]) => !isReservedHeader(name)));
  headers.set("x-request-id", requestId);
  headers.set("x-path", pathAsked(path));
  headers.set("content-security-policy", policy);
  if (headers.get("origin") === "null") headers.set("origin", site.origin);
  return headers;
}
