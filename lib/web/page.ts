import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type * as z from "zod/mini";
import type { AuthSession } from "@/lib/sessions/queries";
import { isTimeZone } from "@/lib/shared/time-zone-id";
import { pendingStepPath } from "@/lib/web/login-flow";
import { safeRedirectPath } from "@/lib/web/request-metadata";
import { sessionStatus } from "@/lib/web/session";

/** The query string of a page: `searchParams`, awaited. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** Props of a page of Next. */
export type PageArguments = { params: Promise<Record<string, string>>; searchParams: Promise<SearchParams> };

/** Redirects to the first pending step, or to the sign-in page with the return path. */
export async function redirectToSignIn(): Promise<never> {
  const path = safeRedirectPath((await headers()).get("x-path")) ?? "/";
  const [step] = (await sessionStatus())?.pendingSteps ?? [];
  if (step) redirect(pendingStepPath(step, path));
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** The parsed query string, or the defaults where it does not fit the schema. */
export function fromSearch<S extends z.ZodMiniType>(schema: S, raw: unknown): z.output<S> {
  const given = schema.safeParse(raw);
  return given.success ? given.data : schema.parse({});
}

/** The time zone and hour cycle in which this person reads times. */
export async function timeFormat({ account }: Pick<AuthSession, "account">) {
  const guessed = (await cookies()).get("tz")?.value;
  const zone = account.timeZone ?? (guessed && isTimeZone(guessed) ? guessed : "UTC");
  return { zone, hours: account.hourCycle };
}
