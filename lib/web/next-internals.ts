import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod/mini";
import { constantTimeEqual, generateSecret } from "@/lib/kernel/secrets";

// Everything here relies on what Next does and does not document: e2e/next-internals.spec.ts tells when that changes.

/** Next renders nothing to a response that has ended before it routes the request. */
export function endBeforeNext(response: ServerResponse, status: number, body: string): void {
  response.statusCode = status;
  response.end(body);
}

export type Answer = { status: number; headers: Record<string, string>; body: string };

/** Next reports an error before it sends the first byte of its own error page, and sends nothing to a response that has ended. */
export function answerInsteadOfNext(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.headersSent || response.writableEnded) return;
  for (const name of ["Content-Encoding", "ETag", "Link", "Location"]) response.removeHeader(name);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader("Content-Length", Buffer.byteLength(body));
  response.statusCode = status;
  response.end(body);
}

/** Next keeps a status that is set while it renders, except where it sets one itself: for redirects and for errors. */
export function setStatusUnderNext(response: ServerResponse, status: number): void {
  response.statusCode = status;
}

/** Next sets `Vary` anew when it begins to render a page, so what a page reads is added while it renders. */
export function addVary(response: ServerResponse, name: string): void {
  if (response.headersSent) return;
  const vary = [response.getHeader("Vary")].flat().join(", ");
  const names = vary.split(",").map((one) => one.trim().toLowerCase());
  if (!names.includes(name.toLowerCase())) response.appendHeader("Vary", name);
}

/** Next reads request headers from this object, and proxy.ts and `headers()` see them as they stand in it. */
export function replaceRequestHeader({ headers }: IncomingMessage, name: string, value: string | undefined): void {
  if (value === undefined) delete headers[name];
  else headers[name] = value;
}

const loopName = "x-signalbox-loop";
const loopSecret = generateSecret();

/** Whether Next itself sent this request: it fetches the page an action leads to, with the headers of the action's request. */
export function isFromNextItself({ headers }: IncomingMessage): boolean {
  const isOurs = constantTimeEqual([headers[loopName]].flat().join(), loopSecret);
  headers[loopName] = loopSecret;
  return isOurs;
}

const paramType = z.string().check(z.regex(/^(?:c|oc|d|[cd]i\((?:\.{1,3}|\.\.\)\(\.\.)\))$/));
const segment = z.union([z.string(), z.tuple([z.string(), z.string(), paramType, z.nullable(z.array(z.string()))])]);
const routerState: z.ZodMiniType = z.tuple([
  segment,
  z.record(z.string(), z.lazy(() => routerState)),
  z.optional(z.nullable(z.tuple([z.string(), z.string()]))),
  z.optional(z.nullable(z.enum(["refetch", "inside-shared-layout", "metadata-only"]))),
  z.optional(z.nullable(z.number())),
  z.optional(z.string()),
]);

/** Whether Next can read this Next-Router-State-Tree header; it answers 500 to one that it cannot. */
export function isReadableRouterState(header: string): boolean {
  try {
    return routerState.safeParse(JSON.parse(decodeURIComponent(header))).success;
  } catch {
    return false;
  }
}
