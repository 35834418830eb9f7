import { randomBytes } from "node:crypto";
import { isIP } from "node:net";

type Headers = { get(name: string): string | null };

const maxForwardedLength = 1_000;
const maxLoggedParts = 50;

/** The most characters the path and query of a request may have. */
export const maxTargetLength = 8_192;

/** The most bytes a request may carry. */
export const maxBodyBytes = 1024 * 1024;

/** A UUIDv7 that connects a response with its log lines. */
export function newRequestId(now = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Whether this is one of our own request ids. */
export const isRequestId = (value: string | null | undefined): value is string =>
  /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(value ?? "");

/**
 * The address the request came from, counting back over the proxies we trust; null when it is not an address.
 * The HTTP guard appends the connection's own address, so without trusted proxies no client header counts.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string | null {
  const hops = (headers.get("x-forwarded-for") ?? "").slice(-maxForwardedLength).split(",").map((hop) => hop.trim());
  const claimed = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? "";
  const address = claimed.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  return isIP(address) ? address : null;
}

/** The browser's description of itself, printable and at most 300 characters. */
export function userAgent(headers: Headers): string {
  const printable = (headers.get("user-agent") ?? "").slice(0, 1_000).replace(/[^\x20-\x7e]+/g, " ");
  return printable.trim().slice(0, 300);
}

/** Whether the request counts as activity; prefetches and polling do not. */
export function countsAsActivity(headers: Headers): boolean {
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""}`;
  const background = ["next-router-prefetch", "next-router-segment-prefetch", "x-background"];
  return !purpose.includes("prefetch") && !background.some((name) => headers.get(name) !== null);
}

/** Whether the request was started by a page of the portal or by the address bar, not by another site. */
export function isFromOwnSite(headers: Headers, appUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const source = headers.get("origin") ?? headers.get("referer");
  return source === null || URL.parse(source)?.origin === appUrl;
}

/** The requested URL without the parameters of the router. */
export const requestedPath = (target: string) => target.replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "");

/** The path for a log line: without the query, and with possible secrets replaced. */
export function pathForLog(target: string): string {
  const [path = ""] = target.split(/[?#]/, 1);
  return path
    .split("/", maxLoggedParts)
    .map((part, index, parts) => (isSecretPart(part, parts.slice(0, index)) ? "[secret]" : part))
    .join("/")
    .slice(0, 300);
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const beforeSecrets = ["verify", "reset", "invite", "enroll"];

function isSecretPart(part: string, before: readonly string[]): boolean {
  if (before.some((one) => beforeSecrets.includes(one))) return part !== "";
  return (part.length >= 20 && !uuid.test(part) && !part.includes(".")) || /@|%40/.test(part);
}
