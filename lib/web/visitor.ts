import "server-only";
import { cookies, headers } from "next/headers";
import type { Origin } from "@/lib/access/actor";
import { env } from "@/lib/env";
import { firstPlace } from "@/lib/organizations/rules";
import type { Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { clientAddress, isRequestId, userAgent } from "@/lib/web/request";

/** Where this request comes from, for throttles and the audit log. */
export async function requestOrigin(): Promise<Origin> {
  const given = await headers();
  const requestId = given.get("x-request-id");
  return {
    address: clientAddress(given, env().TRUST_PROXY),
    browser: userAgent(given) || null,
    requestId: isRequestId(requestId) ? requestId : null,
  };
}

/** Refuses an action that was not sent by one of our own pages; the second of two such checks (WEB-1). */
export async function requireOwnOrigin(): Promise<void> {
  const origin = (await headers()).get("origin");
  if (origin !== env().APP_URL) throw new Fault("forbidden", "This request did not come from the portal's own pages");
}

/** A path on this site to return to, or null for anything that leads elsewhere (SSO-8). */
export function safePath(raw: unknown): string | null {
  if (typeof raw !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(raw) || raw.includes("\\")) return null;
  const url = URL.parse(raw, "http://here.invalid");
  if (url?.origin !== "http://here.invalid") return null;
  // Taking out the dots may have left two slashes in front, which a browser reads as another host.
  return url.pathname.startsWith("//") ? null : `${url.pathname}${url.search}`;
}

/** Where somebody on the way in wanted to go, as form or address say it. */
export const wantedIn = ({ next, org }: { next?: unknown; org?: unknown }): Wanted => ({
  path: safePath(next),
  orgId: typeof org === "string" ? org : undefined,
});

/** The country and time zone this browser seems to be in. */
export async function guessedPlace() {
  return firstPlace((await cookies()).get("tz")?.value, (await headers()).get("accept-language"));
}
