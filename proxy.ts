import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { parseAppUrl } from "@/lib/web/app-origin";
import { pageCsp } from "@/lib/web/csp";
import { rejectRequest, type Rejection, rejectionBody } from "@/lib/web/rejection";
import { isRequestId, newRequestId } from "@/lib/web/request";
import { isReservedHeader, type RequestFacts, trustedHeaders } from "@/lib/web/request-headers";
import { responseHeaders } from "@/lib/web/security-headers";

// The HTTP guard has checked what carries this header, which a client cannot set.
export const config = { matcher: [{ source: "/((?!_next/static/).*)", missing: [{ type: "header", key: "x-signalbox-guard" }] }] };

/** Applies the rules of the HTTP guard to requests that it has not seen; access is decided by each page and operation. */
export function proxy(request: NextRequest): NextResponse {
  const app = parseAppUrl(env().APP_URL);
  const shell = { secure: app.secure, development: env().NODE_ENV === "development" };
  const { pathname, search } = request.nextUrl;
  const target = pathname + search;
  const incomingId = request.headers.get("x-request-id");
  const requestId = isRequestId(incomingId) ? incomingId : newRequestId();
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const rejection = rejectRequest({ method: request.method, target, header }, app);
  const csp = rejection ? undefined : pageCsp(pathname, shell);

  const response = rejection ? reject(rejection, pathname) : pass(request.headers, { app, requestId, target, csp, origin: header("origin") });
  for (const [name, value] of responseHeaders(pathname, shell)) response.headers.set(name, value);
  if (csp) response.headers.set("Content-Security-Policy", csp);
  response.headers.set("X-Request-Id", requestId);
  return response;
}

function reject(rejection: Rejection, pathname: string): NextResponse {
  const { type, body } = rejectionBody(rejection, pathname);
  const headers = { "Content-Type": type, ...(rejection.allow ? { Allow: rejection.allow } : {}) };
  return new NextResponse(body, { status: rejection.status, headers });
}

function pass(inbound: Headers, facts: RequestFacts): NextResponse {
  const headers = new Headers([...inbound].filter(([name]) => !isReservedHeader(name)));
  for (const [name, value] of trustedHeaders(facts)) headers.set(name, value);
  return NextResponse.next({ request: { headers } });
}
