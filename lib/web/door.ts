import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { generateSecret, constantTimeEqual } from "@/lib/kernel/secrets";
import { amend } from "@/lib/web/fault-page";
import { headersFor } from "@/lib/web/headers";
import { type Refusal, type Site, isReservedHeader, refusal, refusalBody } from "@/lib/web/origin";
import { answerPolicy } from "@/lib/web/policy";
import { bodyLimit, newRequestId, pathAsked, pathForLog } from "@/lib/web/request";
import { type RequestKind, withRequestContext } from "@/lib/web/request-context";

export type Access = { requestId: string; method: string; path: string; status: number; ms: number };

type Options = {
  site: Site;
  development?: boolean;
  isStopping?: () => boolean;
  onAccess?: (access: Access) => void;
  /** Told once, at the first request that somebody says to have passed on. */
  onForwarded?: () => void;
};

type Emit = (this: Server, event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Stands before Next on every HTTP server of the process and sees requests as they arrive: methods, addresses and
 * bodies that no proxy.ts is shown, and answers that it never writes. Returns what takes it away again.
 */
export function openDoor(options: Options): () => void {
  const original = Server.prototype.emit as Emit;
  const known = new WeakSet<Server>();
  const guarded: Emit = function (event, ...args) {
    if (event === "connection" && !known.has(this)) {
      known.add(this);
      this.on("connect", (_request: IncomingMessage, socket: Duplex) => hangUp(socket, 405, options));
      this.on("clientError", (fault: NodeJS.ErrnoException, socket: Duplex) => hangUp(socket, statusOf(fault), options));
    }
    if (event === "upgrade" && !options.development) return hangUp(args[1] as Duplex, 400, options);
    if (event !== "request") return original.call(this, event, ...args);
    const [request, response] = args as [IncomingMessage, ServerResponse];
    admit(request, response, options, () => original.call(this, event, request, response));
    return true;
  };
  Server.prototype.emit = guarded;
  return () => {
    Server.prototype.emit = original;
  };
}

function admit(request: IncomingMessage, response: ServerResponse, options: Options, enter: () => void): void {
  const { method = "", url: target = "" } = request;
  const [pathname = ""] = target.split("?", 1);
  const requestId = newRequestId();
  watch(response, { requestId, method, path: pathForLog(target) }, options);
  const shell = { secure: options.site.secure, development: options.development };
  dress(response, pathname, requestId, shell);
  amend(response, requestId, shell);
  const kind = requestKind(request);
  if (options.isStopping?.()) response.setHeader("Connection", "close");

  const header = (name: string) => [request.headers[name]].flat().join(", ") || undefined;
  const refused = refusal({ method, target, header }, options.site);
  if (refused) return refuse(response, refused, pathname);

  settle(request, requestId, options);
  if (!pathname.startsWith("/_next/static/")) admitScripts(request, response, answerPolicy(shell));
  const context = { id: requestId, kind, response, printed: kind === "document" ? [] : undefined };
  const proceed = () => withRequestContext(context, enter);
  if (request.headers["transfer-encoding"] === undefined) return proceed();
  gather(request, proceed, () => refuse(response, tooMuch, pathname));
}

function requestKind({ headers }: IncomingMessage): RequestKind {
  if (headers["next-action"] !== undefined) return "action";
  return headers.rsc === undefined ? "document" : "payload";
}

const tooMuch: Refusal = { status: 413, message: "This is more than the portal accepts at once." };

type Shell = { secure: boolean; development?: boolean };

function dress(response: ServerResponse, pathname: string, requestId: string, shell: Shell): void {
  for (const [name, value] of headersFor(pathname, shell)) response.setHeader(name, value);
  response.setHeader("X-Request-Id", requestId);
}

// Next fetches the page an action leads to from this very process, with the headers of the action's request.
const innerName = "x-signalbox-inner";
const innerSecret = generateSecret();

/** Makes the request say only what we know: its id, its connection's address or whose it continues, our own scheme. */
function settle({ headers, socket, url = "" }: IncomingMessage, requestId: string, options: Options): void {
  const { site, development } = options;
  const keeps = (name: string) => development && name.startsWith("x-nextjs-");
  for (const name of Object.keys(headers)) if (isReservedHeader(name) && !keeps(name)) delete headers[name];
  headers["x-request-id"] = requestId;
  headers["x-signalbox-door"] = "1";
  headers["x-path"] = pathAsked(url);
  const isInner = constantTimeEqual([headers[innerName]].flat().join(), innerSecret);
  if (!isInner && headers["x-forwarded-for"]) noteProxy(options);
  if (!isInner) headers["x-forwarded-for"] = [headers["x-forwarded-for"] ?? [], socket.remoteAddress ?? "unknown"].flat().join(", ");
  headers[innerName] = innerSecret;
  headers["x-forwarded-proto"] = site.secure ? "https" : "http";
  if (headers.origin === "null") headers.origin = site.origin;
}

/** Tells the browser and the app that draws the page which inline scripts are ours (WEB-2). */
function admitScripts({ headers }: IncomingMessage, response: ServerResponse, policy: string): void {
  headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
}

const behindProxy = new WeakSet<Options>();

function noteProxy(options: Options): void {
  if (behindProxy.has(options)) return;
  behindProxy.add(options);
  options.onForwarded?.();
}

function watch(response: ServerResponse, seen: Omit<Access, "status" | "ms">, { onAccess }: Options): void {
  const began = performance.now();
  response.once("close", () => {
    const ms = Math.round(performance.now() - began);
    onAccess?.({ ...seen, status: response.statusCode, ms });
  });
}

function refuse(response: ServerResponse, refused: Refusal, pathname: string): void {
  const { type, body } = refusalBody(refused, pathname);
  if (refused.allow) response.setHeader("Allow", refused.allow);
  response.setHeader("Content-Type", type);
  response.setHeader("Cache-Control", "private, no-store");
  response.statusCode = refused.status;
  response.end(body);
}

/** Holds a body of undeclared length back until all of it is there, so that its size is known before it is used. */
function gather(request: IncomingMessage, enter: () => void, tooLong: () => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.push = (chunk: Buffer | null) => {
    if (chunk) {
      bytes += chunk.length;
      if (bytes <= bodyLimit) chunks.push(chunk);
      if (bytes > 16 * bodyLimit) request.destroy();
      return true;
    }
    Reflect.deleteProperty(request, "push");
    for (const held of bytes > bodyLimit ? [] : chunks) request.push(held);
    request.push(null);
    if (bytes > bodyLimit) tooLong();
    else enter();
    return false;
  };
}

const statuses = new Map([
  ["HPE_INVALID_METHOD", 405],
  ["HPE_HEADER_OVERFLOW", 431],
  ["HPE_CHUNK_EXTENSIONS_OVERFLOW", 413],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
]);

const statusOf = ({ code }: NodeJS.ErrnoException) => statuses.get(code ?? "") ?? 400;

const reasons = new Map([[405, "Method Not Allowed"], [408, "Request Timeout"], [413, "Content Too Large"],
  [431, "Request Header Fields Too Large"]]);

function hangUp(socket: Duplex, status: number, { site }: Options): true {
  if (!socket.writable) {
    socket.destroy();
    return true;
  }
  const lines = headersFor("", { secure: site.secure }).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${reasons.get(status) ?? "Bad Request"}`, ...lines, "Content-Length: 0"];
  const allow = status === 405 ? ["Allow: GET, HEAD, POST"] : [];
  socket.end([...head, ...allow, "Connection: close", "", ""].join("\r\n"));
  return true;
}
