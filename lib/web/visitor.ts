import "server-only";
import { cookies, headers } from "next/headers";
import type { Origin } from "@/lib/access/actor";
import { env } from "@/lib/env";
import { firstPlace } from "@/lib/organizations/rules";
import type { Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { clientAddress, isRequestId, userAgent } from "@/lib/web/request";

/** Returns IP address, user agent and id of the request, for rate limits and the audit log. */
export async function requestOrigin(): Promise<Origin> {
  const requestHeaders = await headers();
  const requestId = requestHeaders.get("x-request-id");
  return {
    address: clientAddress(requestHeaders, env().TRUST_PROXY),
    browser: userAgent(requestHeaders) || null,
    requestId: isRequestId(requestId) ? requestId : null,
  };
}

/** Rejects a server action whose Origin header is not the own origin, in addition to the HTTP guard. */
export async function requireOwnOrigin(): Promise<void> {
  const origin = (await headers()).get("origin");
  if (origin !== env().APP_URL) throw new Fault("forbidden", "This request did not come from the portal's own pages");
}

/** Returns the path when it stays on the own origin, else null. */
export function safePath(raw: unknown): string | null {
  if (typeof raw !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(raw) || raw.includes("\\")) return null;
  const url = URL.parse(raw, "http://here.invalid");
  if (url?.origin !== "http://here.invalid") return null;
  // Removing dot segments can leave two leading slashes, which mean another host.
  return url.pathname.startsWith("//") ? null : `${url.pathname}${url.search}`;
}

/** Parses the return target of a form or query. */
export const wantedIn = ({ next, org }: { next?: unknown; org?: unknown }): Wanted => ({
  path: safePath(next),
  orgId: typeof org === "string" ? org : undefined,
});

/** Guesses country and time zone from the tz cookie and the Accept-Language header. */
export async function guessedPlace() {
  return firstPlace((await cookies()).get("tz")?.value, (await headers()).get("accept-language"));
}
