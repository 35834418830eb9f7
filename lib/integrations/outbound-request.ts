import "server-only";
import { type LookupAddress, promises as dns } from "node:dns";
import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { env } from "@/lib/env";
import { isAllowedAddress } from "@/lib/integrations/outbound-address";

/** Where requests may go; `networks` are those besides the public addresses. */
export type OutboundPolicy = {
  networks: readonly string[];
  ports: readonly number[];
  resolve: (hostname: string) => Promise<LookupAddress[]>;
};

type OutboundOptions = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** The limit for name resolution, connection, headers and body together. */
  timeoutMs?: number;
  maxBytes?: number;
  /** Whether an answer is one of the expected service; any other is a failure like no answer. */
  isExpected?: (response: OutboundResponse) => boolean;
};

export type OutboundResponse = { status: number; headers: IncomingHttpHeaders; body: Buffer };

type FailureReason = "address" | "timeout" | "size" | "connection" | "answer";

/** A request without a usable answer. `reason` and `detail` are for the log: a person who sees them learns what can be reached from here. */
export class OutboundError extends Error {
  override name = "OutboundError";

  constructor(
    readonly reason: FailureReason,
    readonly detail = "",
  ) {
    super("There was no usable answer from this address");
  }
}

const maxHeaderBytes = 16 * 1024;
const defaults = { timeoutMs: 15_000, maxBytes: 64 * 1024 };

/** The policy of the installation's settings. */
export const outboundPolicy = (): OutboundPolicy => ({
  networks: env().OUTBOUND_NETWORKS,
  ports: env().OUTBOUND_PORTS,
  resolve: (hostname) => dns.lookup(hostname, { all: true }),
});

/**
 * Sends one HTTPS request to an address that somebody has typed in, and to nothing else: every address of the name is
 * checked and one of those is connected to, redirects are not followed, and time and size are limited. Failures have one
 * text; where private networks are allowed they also take equally long, so that nobody can probe what is reachable.
 */
export async function outboundRequest(url: string, options: OutboundOptions = {}, policy = outboundPolicy()): Promise<OutboundResponse> {
  const { timeoutMs, maxBytes } = { ...defaults, ...options };
  const target = allowedUrl(url, policy);
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const addresses = await beforeAbort(checkedAddresses(target, policy), deadline);
    const message = await connect(target, addresses, options, deadline);
    const response = { status: message.statusCode ?? 0, headers: message.headers, body: await readBody(message, maxBytes) };
    if (options.isExpected?.(response) === false) throw new OutboundError("answer", String(response.status));
    return response;
  } catch (error) {
    const failure = toOutboundError(error, deadline);
    if (policy.networks.length > 0 && !deadline.aborted) await once(deadline, "abort");
    throw failure;
  }
}

function allowedUrl(text: string, { ports }: OutboundPolicy): URL {
  const url = URL.parse(text);
  const isPlain = url?.protocol === "https:" && url.username === "" && url.password === "";
  if (!url || !isPlain || !ports.includes(Number(url.port || 443))) throw new OutboundError("address");
  return url;
}

async function checkedAddresses({ hostname }: URL, { networks, resolve }: OutboundPolicy): Promise<LookupAddress[]> {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (addresses.length === 0 || !addresses.every(({ address }) => isAllowedAddress(address, networks))) throw new OutboundError("address");
  return addresses;
}

async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = once(signal, "abort").then(() => signal.throwIfAborted());
  return (await Promise.race([work, aborted])) as T;
}

// The name is not resolved again: `lookup` answers with the addresses that were checked.
function connect(url: URL, addresses: LookupAddress[], { method = "GET", headers, body }: OutboundOptions, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(url, {
      method,
      headers: { "User-Agent": "Signalbox", "Accept-Encoding": "identity", ...headers },
      signal,
      agent: false,
      maxHeaderSize: maxHeaderBytes,
      rejectUnauthorized: true,
      lookup: (_hostname, _options, callback) => callback(null, addresses),
    });
    request.on("response", resolve).on("error", reject);
    request.on("close", () => reject(new OutboundError("connection", "closed")));
    request.end(body);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new OutboundError("size");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function toOutboundError(error: unknown, deadline: AbortSignal): OutboundError {
  if (error instanceof OutboundError) return error;
  if (deadline.aborted) return new OutboundError("timeout");
  const { code } = error as NodeJS.ErrnoException;
  return new OutboundError("connection", typeof code === "string" ? code : "");
}
