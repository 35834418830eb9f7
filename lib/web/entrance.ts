import "server-only";
import { cookies } from "next/headers";
import { choiceOf } from "@/lib/organizations/queries";
import { arrivalOf } from "@/lib/organizations/rules";
import type { Entrance } from "@/lib/sessions/commands";
import { type Due, toward, type Wanted } from "@/lib/vocabulary/entrance";
import { beginSession, cookieRules, rememberBrowser, type Standing } from "@/lib/web/session";

const challengeCookie = "__Host-signalbox.challenge";
const challengeSeconds = 300;

/** Returns the path of a pending login step with the page to return to. */
export function duePath(due: Due, next: string | null): string {
  const path = due === "two_factor" ? "/account" : `/welcome/${due}`;
  return next && next !== "/" ? `${path}?next=${encodeURIComponent(next)}` : path;
}

/** Returns where to go after sign-in: a pending step, else the requested page, else the last organization. */
export function arrivalIn({ who, dues: [due] }: Standing, returnTo: Wanted): string {
  if (due) return duePath(due, returnTo.path);
  const organizations = who.memberships.map(({ orgId, role }) => ({ id: orgId, role }));
  return arrivalOf({ lastOrganizationId: who.account.lastOrganizationId, organizations }, returnTo);
}

/** Completes a login: asks for the second factor, or starts the session and returns the landing path. */
export async function comeIn({ kind, secret, accountId }: Entrance, returnTo: Wanted): Promise<string> {
  if (kind === "challenge") {
    await keepChallenge(secret);
    return toward("/sign-in/code", returnTo);
  }
  await beginSession(secret);
  await rememberBrowser(accountId);
  return arrivalOf(await choiceOf(accountId), returnTo);
}

/** Binds an authentication challenge to this browser. */
export async function keepChallenge(secret: string): Promise<void> {
  (await cookies()).set(challengeCookie, secret, { ...cookieRules, maxAge: challengeSeconds });
}

/** Returns the challenge secret of this browser. */
export const heldChallenge = async (): Promise<string | null> => (await cookies()).get(challengeCookie)?.value ?? null;

/** Deletes the challenge cookie. */
export async function dropChallenge(): Promise<void> {
  (await cookies()).delete({ name: challengeCookie, ...cookieRules });
}
