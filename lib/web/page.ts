import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type * as z from "zod/mini";
import { can } from "@/lib/access/actor";
import type { Present } from "@/lib/sessions/queries";
import type { Permission } from "@/lib/vocabulary/access";
import type { Due } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { isId } from "@/lib/vocabulary/id";
import { isTimeZone } from "@/lib/vocabulary/places";
import { currentActor, type Here, noteUse } from "@/lib/web/current-actor";
import { arrivalIn, duePath } from "@/lib/web/entrance";
import { setResponseStatus } from "@/lib/web/response-status";
import { signedIn, standing } from "@/lib/web/session";
import { noteVisit } from "@/lib/web/visits";
import { safePath } from "@/lib/web/visitor";

/** First line of every page inside an organization. An outsider learns nothing: not even that it exists. */
export async function requireActor(orgId: string): Promise<Here> {
  if (!isId(orgId)) notFound();
  const here = await currentActor(orgId);
  if (here === null) return toSignIn();
  if (here === "stranger") return notFound();
  await noteVisit(here.who);
  return here;
}

/** First line of a page that needs a permission: null, and an answer of 403, when the role does not hold it. */
export async function permittedActor(orgId: string, permission: Permission): Promise<Here | null> {
  const here = await requireActor(orgId);
  if (can(here.actor, permission)) return here;
  setResponseStatus(403);
  return null;
}

/** First line of every page of a signed-in person outside an organization. */
export async function requirePerson(): Promise<Present> {
  const who = await signedIn();
  if (!who) return toSignIn();
  await noteUse(who, null);
  await noteVisit(who);
  return who;
}

/** First line of the pages where a second factor is set up: open also while that is all that is due (ACC-23). */
export async function requireOwner(): Promise<{ who: Present; owesTwoFactor: boolean }> {
  const here = await standing();
  if (!here || here.dues.some((due) => due !== "two_factor")) return toSignIn();
  await noteUse(here.who, null);
  await noteVisit(here.who);
  return { who: here.who, owesTwoFactor: here.dues.length > 0 };
}

/** First line of a page on which something due is done; whoever owes something else first, or nothing, is led on. */
export async function requireDue(due: Due, next: unknown): Promise<Present> {
  const here = await standing();
  if (!here) return toSignIn();
  if (here.dues[0] !== due) redirect(arrivalIn(here, { path: safePath(next) }));
  return here.who;
}

async function toSignIn(): Promise<never> {
  const path = (await headers()).get("x-path") ?? "/";
  const [due] = (await standing())?.dues ?? [];
  if (due) redirect(duePath(due, path));
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** What a page shows, or the page that says there is nothing where the caller may not see it. */
export async function found<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault && error.code === "not_found") notFound();
    throw error;
  }
}

/** What the address bar asks for, or the defaults where it asks nonsense. */
export function fromSearch<S extends z.ZodMiniType>(schema: S, raw: unknown): z.output<S> {
  const given = schema.safeParse(raw);
  return given.success ? given.data : schema.parse({});
}

/** The zone and the clock in which this person reads times (ACC-24). */
export async function timesFor({ account }: Here["who"]) {
  const guessed = (await cookies()).get("tz")?.value;
  const zone = account.timeZone ?? (guessed && isTimeZone(guessed) ? guessed : "UTC");
  return { zone, hours: account.clock24 };
}
