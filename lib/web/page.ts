import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type * as z from "zod/mini";
import { can } from "@/lib/access/actor";
import type { AuthSession } from "@/lib/sessions/queries";
import type { Permission } from "@/lib/shared/roles";
import type { PendingStep } from "@/lib/shared/login-flow";
import { AppError } from "@/lib/shared/app-error";
import { isUuid } from "@/lib/shared/uuid";
import { isTimeZone } from "@/lib/shared/countries";
import { currentActor, type OrgContext, recordActivity } from "@/lib/web/current-actor";
import { landingPath, pendingStepPath } from "@/lib/web/login-flow";
import { setResponseStatus } from "@/lib/web/response-status";
import { activeSession, sessionStatus } from "@/lib/web/session";
import { recordPageView } from "@/lib/web/page-views";
import { safeRedirectPath } from "@/lib/web/request-metadata";

/** First line of every page inside an organization. An outsider learns nothing: not even that it exists. */
export async function requireActor(orgId: string): Promise<OrgContext> {
  if (!isUuid(orgId)) notFound();
  const here = await currentActor(orgId);
  if (here === null) return toSignIn();
  if (here === "non-member") return notFound();
  await recordPageView(here.session);
  return here;
}

/** First line of a page that needs a permission: null, and an answer of 403, when the role does not hold it. */
export async function permittedActor(orgId: string, permission: Permission): Promise<OrgContext | null> {
  const here = await requireActor(orgId);
  if (can(here.actor, permission)) return here;
  setResponseStatus(403);
  return null;
}

/** First line of every page of a signed-in person outside an organization. */
export async function requirePerson(): Promise<AuthSession> {
  const who = await activeSession();
  if (!who) return toSignIn();
  await recordActivity(who, null);
  await recordPageView(who);
  return who;
}

/** First line of the pages where a second factor is set up: open also while that is all that is due (ACC-23). */
export async function requireOwner(): Promise<{ who: AuthSession; owesTwoFactor: boolean }> {
  const here = await sessionStatus();
  if (!here || here.pendingSteps.some((due) => due !== "two_factor")) return toSignIn();
  await recordActivity(here.session, null);
  await recordPageView(here.session);
  return { who: here.session, owesTwoFactor: here.pendingSteps.length > 0 };
}

/** First line of a page on which something due is done; whoever owes something else first, or nothing, is led on. */
export async function requireDue(due: PendingStep, next: unknown): Promise<AuthSession> {
  const here = await sessionStatus();
  if (!here) return toSignIn();
  if (here.pendingSteps[0] !== due) redirect(landingPath(here, { path: safeRedirectPath(next) }));
  return here.session;
}

async function toSignIn(): Promise<never> {
  const path = (await headers()).get("x-path") ?? "/";
  const [due] = (await sessionStatus())?.pendingSteps ?? [];
  if (due) redirect(pendingStepPath(due, path));
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** What a page shows, or the page that says there is nothing where the caller may not see it. */
export async function found<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

/** What the address bar asks for, or the defaults where it asks nonsense. */
export function fromSearch<S extends z.ZodMiniType>(schema: S, raw: unknown): z.output<S> {
  const given = schema.safeParse(raw);
  return given.success ? given.data : schema.parse({});
}

/** The zone and the clock in which this person reads times (ACC-24). */
export async function timesFor({ account }: OrgContext["session"]) {
  const guessed = (await cookies()).get("tz")?.value;
  const zone = account.timeZone ?? (guessed && isTimeZone(guessed) ? guessed : "UTC");
  return { zone, hours: account.hourCycle };
}
