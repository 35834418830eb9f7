import "server-only";
import { cookies } from "next/headers";
import { choiceOf } from "@/lib/organizations/queries";
import { arrivalOf } from "@/lib/organizations/rules";
import type { Entrance } from "@/lib/sessions/commands";
import { type Due, toward, type Wanted } from "@/lib/vocabulary/entrance";
import { beginSession, cookieRules, rememberBrowser, type Standing } from "@/lib/web/session";

const challengeCookie = "__Host-signalbox.challenge";
const challengeSeconds = 300;

/** The page on which a person does what is due, and what it leads back to. */
export function duePath(due: Due, next: string | null): string {
  const path = due === "two_factor" ? "/account" : `/welcome/${due}`;
  return next && next !== "/" ? `${path}?next=${encodeURIComponent(next)}` : path;
}

/** Where a signed-in person arrives: at what is due, or where they wanted to be, or where they last were. */
export function arrivalIn({ who, dues: [due] }: Standing, wanted: Wanted): string {
  if (due) return duePath(due, wanted.path);
  const organizations = who.memberships.map(({ orgId, role }) => ({ id: orgId, role }));
  return arrivalOf({ lastOrganizationId: who.account.lastOrganizationId, organizations }, wanted);
}

/** Goes on from the end of a road into an account: to the second factor, or signed in to where the person wanted to be. */
export async function comeIn({ kind, secret, accountId }: Entrance, wanted: Wanted): Promise<string> {
  if (kind === "challenge") {
    await keepChallenge(secret);
    return toward("/sign-in/code", wanted);
  }
  await beginSession(secret);
  await rememberBrowser(accountId);
  return arrivalOf(await choiceOf(accountId), wanted);
}

/** Ties something begun to this browser (MFA-5). */
export async function keepChallenge(secret: string): Promise<void> {
  (await cookies()).set(challengeCookie, secret, { ...cookieRules, maxAge: challengeSeconds });
}

/** The secret of what this browser has begun. */
export const heldChallenge = async (): Promise<string | null> => (await cookies()).get(challengeCookie)?.value ?? null;

export async function dropChallenge(): Promise<void> {
  (await cookies()).delete({ name: challengeCookie, ...cookieRules });
}
