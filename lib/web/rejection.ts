import { MIMEType } from "node:util";
import type { AppOrigin } from "@/lib/web/app-origin";
import { isReadableRouterState } from "@/lib/web/next-internals";
import { maxBodyBytes, maxTargetLength } from "@/lib/web/request";
import { isTokenPage } from "@/lib/web/security-headers";

/** A request before anything is rendered: `target` is its path and query as sent, `internal` that Next itself sends it. */
export type RequestHead = { method: string; target: string; header: (name: string) => string | undefined; internal?: boolean };

export type Rejection = { status: 400 | 403 | 404 | 405 | 411 | 413 | 414 | 503; message: string; allow?: string; retryAfterSeconds?: number };

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Why a request is refused before the application sees it, or undefined when it may pass. */
export function rejectRequest(request: RequestHead, app: AppOrigin): Rejection | undefined {
  const [pathname = ""] = request.target.split("?", 1);
  return (
    rejectMethod(request.method, pathname) ??
    rejectTarget(request.target, pathname) ??
    rejectHost(request, pathname, app) ??
    rejectLength(request) ??
    rejectOrigin(request, pathname, app) ??
    rejectMalformed(request)
  );
}

function rejectMethod(method: string, pathname: string): Rejection | undefined {
  const allowed = allowedMethods(pathname);
  if (allowed.includes(method)) return undefined;
  return { status: 405, message: "This address doesn’t accept that method.", allow: allowed.join(", ") };
}

function allowedMethods(pathname: string): string[] {
  if (pathname.startsWith("/api/v1/")) return ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  if (/^\/(?:api\/health|_next)\/|\.\w+$/.test(pathname)) return ["GET", "HEAD"];
  return ["GET", "HEAD", "POST"];
}

// URLs of Next that the application does not use; some have bypassed checks, others answer 500.
const unused = /^\/_next\/(?:data|image)(?:\/|$)|^\/_(?:global-)?error(?:\/|$)|\.rsc$|\.segments\//i;
const disguised = /\/\/|[\\;\s\p{Cc}]|%(?:00|0[ad]|2e|2f|5c|3b|25(?:2e|2f|5c))|\/\.{1,2}(?:\/|$)/iu;

function rejectTarget(target: string, pathname: string): Rejection | undefined {
  if (target.length > maxTargetLength) return { status: 414, message: "This address is too long." };
  if (!pathname.startsWith("/") || disguised.test(pathname) || !isDecodable(pathname) || hasBuiltinName(target.slice(pathname.length))) {
    return { status: 400, message: "This address isn’t valid." };
  }
  return unused.test(pathname) ? { status: 404, message: "There is nothing at this address." } : undefined;
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

// Next and React keep the parameters in plain objects, where these names have a meaning of their own.
const hasBuiltinName = (query: string) => query !== "" && [...new URLSearchParams(query).keys()].some((name) => Object.hasOwn(Object.prototype, name));

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const ipAddress = /^(?:[\d.]+|\[[\da-f:.]+\])(?::\d+)?$/i;

function rejectHost({ method, header }: RequestHead, pathname: string, app: AppOrigin): Rejection | undefined {
  const host = header("host")?.toLowerCase() ?? "";
  if (host === app.host) return undefined;
  if (loopback.test(host) && safeMethods.has(method)) return undefined;
  if (ipAddress.test(host) && pathname.startsWith("/api/health/")) return undefined;
  return { status: 400, message: "Unknown host. APP_URL must be the address that people type." };
}

function rejectLength({ header, internal }: RequestHead): Rejection | undefined {
  if (header("transfer-encoding") !== undefined && !internal) return { status: 411, message: "Send the length of the body (Content-Length)." };
  const declared = Number(header("content-length") ?? 0);
  return declared <= maxBodyBytes ? undefined : { status: 413, message: "This is larger than the portal accepts." };
}

function rejectOrigin(request: RequestHead, pathname: string, app: AppOrigin): Rejection | undefined {
  if (safeMethods.has(request.method) || isSameOrigin(request, pathname, app) || isApiClient(request, pathname)) return undefined;
  return { status: 403, message: "This request didn’t come from the portal’s own pages." };
}

function isSameOrigin({ header }: RequestHead, pathname: string, app: AppOrigin): boolean {
  return header("origin") === app.origin || isSameOriginNull(header, pathname);
}

// A form on a page without referrer posts `Origin: null`; only the browser itself can add that it is same-origin.
function isSameOriginNull(header: RequestHead["header"], pathname: string): boolean {
  return header("origin") === "null" && header("sec-fetch-site") === "same-origin" && isTokenPage(pathname);
}

// Without cookies, and from a page (with an Origin) only with a token: the browser adds neither by itself.
function isApiClient({ header }: RequestHead, pathname: string): boolean {
  if (!pathname.startsWith("/api/v1/") || header("cookie") !== undefined) return false;
  return header("authorization") !== undefined || header("origin") === undefined;
}

function rejectMalformed({ method, header }: RequestHead): Rejection | undefined {
  const state = header("next-router-state-tree");
  if (state !== undefined && !isReadableRouterState(state)) return { status: 400, message: "Next-Router-State-Tree is not well formed." };
  if (safeMethods.has(method)) return undefined;
  return isReadableType(header("content-type")) ? undefined : { status: 400, message: "Content-Type is not well formed." };
}

// A browser makes boundaries of 27 to 70 of these characters; fetch's own parser takes no others.
const boundary = /^[\w'-]{27,70}$/;

function isReadableType(type: string | undefined): boolean {
  if (type === undefined) return true;
  try {
    const { essence, params } = new MIMEType(type);
    return essence !== "multipart/form-data" || boundary.test(params.get("boundary") ?? "");
  } catch {
    return false;
  }
}

/** The body of a rejection: JSON for clients of the API, text for everybody else. */
export function rejectionBody({ message }: Rejection, pathname: string): { type: string; body: string } {
  return pathname.startsWith("/api/v1/")
    ? { type: "application/json", body: JSON.stringify({ detail: message }) }
    : { type: "text/plain; charset=utf-8", body: `${message}\n` };
}
