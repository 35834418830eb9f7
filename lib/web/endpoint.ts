import "server-only";
import { headers } from "next/headers";
import type { NextRequest } from "next/server";
import type { Actor } from "@/lib/access/actor";
import type { Operation } from "@/lib/kernel/command";
import { env } from "@/lib/env";
import { AppError } from "@/lib/shared/app-error";
import { hasRecentAuth } from "@/lib/sessions/rules";
import type { AccountRequest } from "@/lib/web/account-action";
import { currentActor, type OrgContext } from "@/lib/web/current-actor";
import { httpStatus, toFailure } from "@/lib/web/failure";
import { isFromOwnSite } from "@/lib/web/request";
import { activeSession } from "@/lib/web/session";
import { requestMetadata } from "@/lib/web/request-metadata";

type Context = { params: Promise<{ orgId: string }> };

/** Returns who requests data of an organization; a non-member gets the same 404 as for an unknown organization. */
async function requireOrgContextFromRequest(orgId: string): Promise<OrgContext> {
  const context = await currentActor(orgId);
  if (!context) throw new AppError("unauthenticated", "Sign in to see this");
  if (context === "non-member") throw new AppError("not_found", "There is nothing at this address");
  return context;
}

/** Returns the actor of a request for data of an organization. */
const requireActorFromRequest = async (orgId: string): Promise<Actor> => (await requireOrgContextFromRequest(orgId)).actor;

/** Returns the actor of a download; refuses requests that another site causes, because downloads are recorded. */
export async function requireDownloadContext(orgId: string): Promise<OrgContext> {
  await requireOwnSite();
  return requireOrgContextFromRequest(orgId);
}

async function requireOwnSite() {
  if (!isFromOwnSite(await headers(), env().APP_URL)) throw new AppError("forbidden", "Start this download from the portal, not from another site");
}

/** Returns the account of a same-site request for its own data; requires recent authentication. */
export async function requireRecentAuthFromRequest(): Promise<AccountRequest> {
  await requireOwnSite();
  const session = await activeSession();
  if (!session) throw new AppError("unauthenticated", "Sign in to see this");
  if (!hasRecentAuth(session.age)) throw new AppError("forbidden", "Confirm it’s you first: open My Account, then Utilities, then Download my data");
  return { ...session, origin: await requestMetadata() };
}

/** Makes a JSON route of a query; path and query string are its input, and errors become statuses. */
export function endpoint<I, O>(query: Operation<I, O>) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    try {
      const { orgId, ...path } = await params;
      const actor = await requireActorFromRequest(orgId);
      const input = { ...Object.fromEntries(valuesIn(request.nextUrl.searchParams)), ...path };
      return Response.json(await query.fromRaw(actor, input), { headers: { "Cache-Control": "private, no-store" } });
    } catch (error) {
      return refusalOf(error, request);
    }
  };
}

/** A failed request as JSON. */
export function refusalOf(error: unknown, request: NextRequest): Response {
  const { code, message, fields, retryAfterSeconds } = toFailure(error, request.headers.get("x-request-id"));
  const headers = new Headers({ "Cache-Control": "private, no-store" });
  if (retryAfterSeconds) headers.set("Retry-After", String(retryAfterSeconds));
  return Response.json({ detail: message, fields }, { status: httpStatus(error, code), headers });
}

/** Query parameters as a form gives them: one text, or a list where a name is repeated. */
export function valuesIn(search: URLSearchParams): [string, string | string[]][] {
  return [...new Set(search.keys())].map((name) => {
    const all = search.getAll(name);
    return [name, all.length > 1 ? all : (all[0] ?? "")];
  });
}
