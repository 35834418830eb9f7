import { isTokenPage } from "@/lib/web/headers";
import { bodyLimit } from "@/lib/web/request";

export type Site = { origin: string; host: string; secure: boolean };

export type Asked = { method: string; target: string; header: (name: string) => string | undefined };

export type Refusal = { status: 400 | 403 | 404 | 405 | 413 | 414; message: string; allow?: string };

/** The installation as its settings name it; nothing a client sends can change it. */
export function siteAt(address: string): Site {
  const { origin, host, protocol } = new URL(address);
  return { origin, host, secure: protocol === "https:" };
}

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/** The reason a request is turned away before anything of the application sees it, if there is one. */
export function refusal(asked: Asked, site: Site): Refusal | undefined {
  const [pathname = ""] = asked.target.split("?", 1);
  return (
    refuseMethod(asked.method, pathname) ??
    refuseTarget(asked.target, pathname) ??
    refuseHost(asked, pathname, site) ??
    refuseSize(asked) ??
    refuseOrigin(asked, pathname, site)
  );
}

function refuseMethod(method: string, pathname: string): Refusal | undefined {
  const allowed = methodsAt(pathname);
  if (allowed.includes(method)) return undefined;
  return { status: 405, message: "This address does not take that method.", allow: allowed.join(", ") };
}

function methodsAt(pathname: string): string[] {
  if (pathname.startsWith("/api/v1/")) return ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  if (pathname.startsWith("/api/health/") || pathname.startsWith("/_next/")) return ["GET", "HEAD"];
  return ["GET", "HEAD", "POST"];
}

// Next serves neither of these for us; both have been ways around checks before.
const unused = /^\/_next\/(?:data|image)(?:\/|$)|\.rsc$|\.segments\//i;
const disguised = /\/\/|[\\;\s\p{Cc}]|%(?:00|0[ad]|2e|2f|5c|3b|25(?:2e|2f|5c))|\/\.{1,2}(?:\/|$)/iu;

function refuseTarget(target: string, pathname: string): Refusal | undefined {
  if (target.length > 8192) return { status: 414, message: "This address is too long." };
  if (!pathname.startsWith("/") || disguised.test(pathname) || !decodes(pathname)) {
    return { status: 400, message: "This address is not well formed." };
  }
  return unused.test(pathname) ? { status: 404, message: "There is nothing at this address." } : undefined;
}

function decodes(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const literal = /^(?:[\d.]+|\[[\da-f:.]+\])(?::\d+)?$/i;

function refuseHost({ method, header }: Asked, pathname: string, site: Site): Refusal | undefined {
  const host = header("host")?.toLowerCase() ?? "";
  if (host === site.host) return undefined;
  if (loopback.test(host) && safe.has(method)) return undefined;
  if (literal.test(host) && pathname.startsWith("/api/health/")) return undefined;
  return { status: 400, message: "Unknown host. APP_URL must be the address that people type." };
}

function refuseSize({ header }: Asked): Refusal | undefined {
  const declared = Number(header("content-length") ?? 0);
  if (declared <= bodyLimit) return undefined;
  return { status: 413, message: "This is more than the portal accepts at once." };
}

function refuseOrigin(asked: Asked, pathname: string, site: Site): Refusal | undefined {
  if (safe.has(asked.method) || isOwnOrigin(asked, pathname, site) || isAutomation(asked, pathname)) return undefined;
  return { status: 403, message: "This request did not come from the portal's own pages." };
}

function isOwnOrigin({ header }: Asked, pathname: string, site: Site): boolean {
  return header("origin") === site.origin || isOwnNullOrigin(header, pathname);
}

// A form on a page without referrer posts `Origin: null`; only the browser itself can add that it is same-origin.
function isOwnNullOrigin(header: Asked["header"], pathname: string): boolean {
  return header("origin") === "null" && header("sec-fetch-site") === "same-origin" && isTokenPage(pathname);
}

// Nothing the browser adds by itself: no cookie, and no page behind the request unless it carries a token of its own.
function isAutomation({ header }: Asked, pathname: string): boolean {
  if (!pathname.startsWith("/api/v1/") || header("cookie") !== undefined) return false;
  return header("authorization") !== undefined || header("origin") === undefined;
}

const ours = [
  /^x-(?:middleware|invoke|now|vercel|original|rewrite)-/,
  /^x-forwarded-(?:host|port|server|prefix)$/,
  /^(?:forwarded|x-real-ip|x-nonce|x-matched-path|x-nextjs-data|next-resume)$/,
  /^x-(?:http-)?method(?:-override)?$/,
  /^content-security-policy(?:-report-only)?$/,
];

/** Whether a request header is for us to set and never for a client. */
export const isReservedHeader = (name: string) => ours.some((pattern) => pattern.test(name.toLowerCase()));

/** The body of a refusal, in the form the caller reads. */
export function refusalBody({ message }: Refusal, pathname: string): { type: string; body: string } {
  return pathname.startsWith("/api/v1/")
    ? { type: "application/json", body: JSON.stringify({ detail: message }) }
    : { type: "text/plain; charset=utf-8", body: `${message}\n` };
}
