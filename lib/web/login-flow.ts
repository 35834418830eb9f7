import "server-only";
import { cookies } from "next/headers";
import { getOwnOrganizations } from "@/lib/organizations/queries";
import { resolveLandingPath } from "@/lib/organizations/rules";
import type { LoginContext, LoginResult } from "@/lib/sessions/internal";
import { type PendingStep, withReturnTo, type ReturnTo } from "@/lib/shared/login-flow";
import { requestMetadata } from "@/lib/web/request-metadata";
import { startSession, cookieOptions, trustedDeviceLookup, type SessionStatus } from "@/lib/web/session";

const challengeCookie = "__Host-signalbox.challenge";
const challengeSeconds = 300;

/** Returns the path of a pending login step with the page to return to. */
export function pendingStepPath(step: PendingStep, next: string | null): string {
  const path = step === "two_factor" ? "/account" : `/welcome/${step}`;
  return next && next !== "/" ? `${path}?next=${encodeURIComponent(next)}` : path;
}

/** Returns where to go after sign-in: a pending step, else the requested page, else the last organization. */
export function landingPath({ session, pendingSteps: [step] }: SessionStatus, returnTo: ReturnTo): string {
  if (step) return pendingStepPath(step, returnTo.path);
  const organizations = session.memberships.map(({ orgId }) => ({ id: orgId }));
  return resolveLandingPath({ lastOrganizationId: session.account.lastOrganizationId, organizations }, returnTo);
}

/** Completes a login: asks for the second factor, or starts the session and returns the landing path. */
export async function completeLogin(login: LoginResult, returnTo: ReturnTo): Promise<string> {
  if (login.kind === "challenge") {
    await setChallengeCookie(login.secret);
    return withReturnTo("/sign-in/code", returnTo);
  }
  await startSession(login.token);
  return resolveLandingPath(await getOwnOrganizations(login.token.accountId), returnTo);
}

/** Returns what a login needs to know of this request. */
export const loginContext = async (): Promise<LoginContext> => ({ origin: await requestMetadata(), browserIdFor: await trustedDeviceLookup() });

/** Binds an authentication challenge to this browser. */
export async function setChallengeCookie(secret: string): Promise<void> {
  (await cookies()).set(challengeCookie, secret, { ...cookieOptions, maxAge: challengeSeconds });
}

/** Returns the challenge secret of this browser. */
export const readChallengeCookie = async (): Promise<string | null> => (await cookies()).get(challengeCookie)?.value ?? null;

/** Deletes the challenge cookie. */
export async function clearChallengeCookie(): Promise<void> {
  (await cookies()).delete({ name: challengeCookie, ...cookieOptions });
}
