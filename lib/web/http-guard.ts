import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { AppOrigin } from "@/lib/web/app-origin";
import { pageCsp } from "@/lib/web/csp";
import { endBeforeNext, isFromNextItself, replaceRequestHeader } from "@/lib/web/next-internals";
import { rejectRequest, type Rejection, rejectionBody } from "@/lib/web/rejection";
import { clientAddress, newRequestId, pathForLog, requestedPath } from "@/lib/web/request";
import { enterRequestContext, type RequestKind } from "@/lib/web/request-context";
import { isReservedHeader, type RequestFacts, trustedHeaders } from "@/lib/web/request-headers";
import { responseHeaders } from "@/lib/web/security-headers";
import { limitServer } from "@/lib/web/server-limits";
import { admitBody } from "@/lib/web/unfinished-bodies";

export type AccessEntry = { requestId: string; method: string; path: string; status: number; ms: number };

export type GuardOptions = {
  app: AppOrigin;
  trustedProxies?: number;
  development?: boolean;
  isStopping?: () => boolean;
  onAccess?: (entry: AccessEntry) => void;
  /** Called for every request with proxy headers. */
  onForwarded?: () => void;
};

type RequestStart = { request: IncomingMessage; response: ServerResponse; socket: Socket; server: Server };

const channel = "http.server.request.start";

/** Applies the rules of every request, before Next sees it, on all HTTP servers of this process; returns what ends that. */
export function installHttpGuard(options: GuardOptions): () => void {
  const onStart = (message: unknown) => guard(message as RequestStart, options);
  subscribe(channel, onStart);
  return () => unsubscribe(channel, onStart);
}

// An error in a subscriber does not stop the request, so the connection is closed.
function guard(start: RequestStart, options: GuardOptions): void {
  try {
    guardRequest(start, options);
  } catch (error) {
    start.socket.destroy();
    throw error;
  }
}

function guardRequest({ request, response, server }: RequestStart, options: GuardOptions): void {
  const { app, development, isStopping } = options;
  const { method = "", url: target = "" } = request;
  const [pathname = ""] = target.split("?", 1);
  const requestId = newRequestId();
  const kind = requestKind(request);
  enterRequestContext({ id: requestId, kind, method, response });
  if (!development) limitServer(server);
  logWhenClosed(response, { requestId, method, path: pathForLog(target) }, options);

  const shell = { secure: app.secure, development };
  for (const [name, value] of responseHeaders(pathname, shell)) response.setHeader(name, value);
  response.setHeader("X-Request-Id", requestId);
  if (isStopping?.()) response.setHeader("Connection", "close");

  const { internal, forwardedFor } = requestSource(request, options);
  // Next sends it to its own address, and compares the host with the origin of the page.
  if (internal) replaceRequestHeader(request, "host", app.host);
  const header = (name: string) => headerOf(request, name);
  const rejection = rejectRequest({ method, target, header, internal }, app) ?? rejectBody(request, forwardedFor, options);
  if (rejection) return reject(request, response, rejection);
  if (isRouterAddressOpened(method, target, header)) return redirect(response, requestedPath(target));

  const csp = pathname.startsWith("/_next/static/") ? undefined : pageCsp(pathname, shell);
  if (csp) response.setHeader("Content-Security-Policy", csp);
  trustHeaders(request, { app, requestId, target, csp, forwardedFor, origin: header("origin") }, options);
}

const headerOf = ({ headers }: IncomingMessage, name: string) => [headers[name]].flat().join(", ") || undefined;

/** Whether a document is requested by a URL that the client-side router uses for its own requests. */
const isRouterAddressOpened = (method: string, target: string, header: (name: string) => string | undefined) =>
  method === "GET" && header("sec-fetch-dest") === "document" && header("rsc") === undefined && /[?&]_rsc=/.test(target);

function redirect(response: ServerResponse, path: string): void {
  response.setHeader("Location", path);
  response.setHeader("Cache-Control", "private, no-store");
  endBeforeNext(response, 307, "");
}

function requestKind({ headers }: IncomingMessage): RequestKind {
  if (headers["next-action"] !== undefined) return "action";
  return headers.rsc === undefined ? "document" : "payload";
}

function logWhenClosed(response: ServerResponse, entry: Omit<AccessEntry, "status" | "ms">, { onAccess }: GuardOptions): void {
  const start = performance.now();
  response.once("close", () => onAccess?.({ ...entry, status: response.statusCode, ms: Math.round(performance.now() - start) }));
}

/** Where a request comes from: its own connection, or the request that Next repeats. */
function requestSource(request: IncomingMessage, { onForwarded }: GuardOptions) {
  const given = headerOf(request, "x-forwarded-for");
  const internal = isFromNextItself(request);
  if (given && !internal) onForwarded?.();
  const connection = request.socket.remoteAddress ?? "unknown";
  return { internal, forwardedFor: internal && given ? given : [given, connection].filter(Boolean).join(", ") };
}

const tooManyBodies: Rejection = { status: 503, message: "Too many requests are being sent at once. Try again.", retryAfterSeconds: 5 };

function rejectBody(request: IncomingMessage, forwardedFor: string, { trustedProxies = 0 }: GuardOptions): Rejection | undefined {
  if (Number(headerOf(request, "content-length") ?? 0) === 0) return undefined;
  const client = clientAddress({ get: () => forwardedFor }, trustedProxies) ?? "unknown";
  return admitBody(request, client) ? undefined : tooManyBodies;
}

function reject(request: IncomingMessage, response: ServerResponse, rejection: Rejection): void {
  const [pathname = ""] = (request.url ?? "").split("?", 1);
  const { type, body } = rejectionBody(rejection, pathname);
  if (rejection.allow) response.setHeader("Allow", rejection.allow);
  if (rejection.retryAfterSeconds) response.setHeader("Retry-After", rejection.retryAfterSeconds);
  response.setHeader("Content-Type", type);
  response.setHeader("Cache-Control", "private, no-store");
  // Otherwise Node would ask for the body with 100 Continue.
  replaceRequestHeader(request, "expect", undefined);
  endBeforeNext(response, rejection.status, body);
}

/** Replaces the reserved request headers by trusted values: request id, addresses, scheme and policy. */
function trustHeaders(request: IncomingMessage, facts: RequestFacts, { development }: GuardOptions): void {
  const isKept = (name: string) => development && name.startsWith("x-nextjs-");
  for (const name of Object.keys(request.headers)) {
    if (isReservedHeader(name) && !isKept(name)) replaceRequestHeader(request, name, undefined);
  }
  for (const [name, value] of trustedHeaders(facts)) replaceRequestHeader(request, name, value);
  replaceRequestHeader(request, "x-signalbox-guard", "1");
}
