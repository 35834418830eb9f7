import "server-only";
import { headers } from "next/headers";
import type { NextRequest } from "next/server";
import type { Actor } from "@/lib/access/actor";
import type { Operation } from "@/lib/kernel/command";
import { AppError } from "@/lib/shared/app-error";
import { hasRecentAuth } from "@/lib/sessions/rules";
import type { AccountRequest } from "@/lib/web/account-action";
import { currentActor, type OrgContext } from "@/lib/web/current-actor";
import { httpStatus, toFailure } from "@/lib/web/failure";
import { activeSession } from "@/lib/web/session";
import { requestMetadata } from "@/lib/web/request-metadata";

type Context = { params: Promise<{ orgId: string }> };

/** Whoever asks by this request, in the organization of its path; one who holds nothing there learns nothing. */
export async function askingPerson(orgId: string): Promise<OrgContext> {
  const here = await currentActor(orgId);
  if (!here) throw new AppError("unauthenticated", "Sign in to see this");
  if (here === "non-member") throw new AppError("not_found", "There is nothing at this address");
  return here;
}

export const askingActor = async (orgId: string): Promise<Actor> => (await askingPerson(orgId)).actor;

/** Whoever asks from our own pages for what is theirs alone, soon after they proved who they are. */
export async function askingOwner(): Promise<AccountRequest> {
  if ((await headers()).get("sec-fetch-site") === "cross-site") throw new AppError("forbidden", "Open this from My Account");
  const who = await activeSession();
  if (!who) throw new AppError("unauthenticated", "Sign in to see this");
  if (!hasRecentAuth(who.age)) throw new AppError("forbidden", "Confirm that it is you first: open My Account, then Utilities, then Download my data");
  return { ...who, origin: await requestMetadata() };
}

/** Opens a query as JSON: path and query string together are its input, and a fault is its status. */
export function endpoint<I, O>(query: Operation<I, O>) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    try {
      const { orgId, ...path } = await params;
      const actor = await askingActor(orgId);
      const asked = { ...Object.fromEntries(valuesIn(request.nextUrl.searchParams)), ...path };
      return Response.json(await query.fromRaw(actor, asked), { headers: { "Cache-Control": "private, no-store" } });
    } catch (error) {
      return refusalOf(error, request);
    }
  };
}

/** A failed request for data, in a form that a script reads. */
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
