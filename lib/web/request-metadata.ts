import "server-only";
import { cookies, headers } from "next/headers";
import type { RequestMetadata } from "@/lib/access/actor";
import { env } from "@/lib/env";
import { guessSiteDefaults } from "@/lib/organizations/rules";
import { hourCycleOf } from "@/lib/accounts/rules";
import type { ReturnTo } from "@/lib/shared/login-flow";
import { AppError } from "@/lib/shared/app-error";
import { isUuid } from "@/lib/shared/uuid";
import { markHandled } from "@/lib/web/request-context";
import { clientAddress, isRequestId, maxTargetLength, userAgent } from "@/lib/web/request";

/** Returns IP address, user agent and id of the request, for rate limits and the audit log. */
export async function requestMetadata(): Promise<RequestMetadata> {
  markHandled();
  const requestHeaders = await headers();
  const requestId = requestHeaders.get("x-request-id");
  return {
    ipAddress: clientAddress(requestHeaders, env().TRUST_PROXY),
    userAgent: userAgent(requestHeaders) || null,
    requestId: isRequestId(requestId) ? requestId : null,
  };
}

/** Rejects a server action whose Origin header is not the own origin, in addition to the HTTP guard. */
export async function requireSameOrigin(): Promise<void> {
  markHandled();
  const origin = (await headers()).get("origin");
  if (origin !== env().APP_URL) throw new AppError("forbidden", "This request didn’t come from the portal’s own pages");
}

// Within a query each character takes up to three; a proxy may hold only 4 kB of response headers.
const maxPathLength = 1_000;

/** Returns the path when it stays on the own origin, without its query when that makes it too long, else null. */
export function safeRedirectPath(raw: unknown): string | null {
  if (typeof raw !== "string" || raw.length > maxTargetLength || !/^\/(?![/\\])[\x21-\x7e]*$/.test(raw) || raw.includes("\\")) return null;
  const url = URL.parse(raw, "http://here.invalid");
  if (url?.origin !== "http://here.invalid") return null;
  // Removing dot segments can leave two leading slashes, which mean another host.
  if (url.pathname.startsWith("//")) return null;
  return [`${url.pathname}${url.search}`, url.pathname].find(({ length }) => length <= maxPathLength) ?? null;
}

/** Parses the return target of a form or query; what is not a path of this origin or an organization's id is left out. */
export const parseReturnTo = ({ next, org }: { next?: unknown; org?: unknown }): ReturnTo => ({
  path: safeRedirectPath(next),
  orgId: typeof org === "string" && isUuid(org) ? org : undefined,
});

/** The hour cycle of the browser's first language. */
export const browserHourCycle = async () => hourCycleOf((await headers()).get("accept-language"));

/** Guesses country and time zone from the tz cookie and the Accept-Language header. */
export async function guessLocation() {
  return guessSiteDefaults((await cookies()).get("tz")?.value, (await headers()).get("accept-language"));
}
