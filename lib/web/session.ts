import "server-only";
import { decode, encode } from "next-auth/jwt";
import { cookies } from "next/headers";
import { cache } from "react";
import { deriveKeys, hashSecret } from "@/lib/kernel/secrets";
import { passwordLifetimes } from "@/lib/env";
import { endSession } from "@/lib/sessions/commands";
import type { SessionToken } from "@/lib/sessions/internal";
import { type AuthSession, getAuthSession, defaultSessionPolicy } from "@/lib/sessions/queries";
import { outstandingSteps, isWithinLimits, isRevokedForOrg, sessionLimits } from "@/lib/sessions/rules";
import type { PendingStep } from "@/lib/shared/login-flow";
import { isUuid } from "@/lib/shared/uuid";
import { trustedDeviceId, addTrustedAccount, removeTrustedAccount } from "@/lib/web/trusted-device";
import { markHandled } from "@/lib/web/request-context";
import { requestMetadata } from "@/lib/web/request-metadata";
import { varyByCookie } from "@/lib/web/response-status";

const sessionCookie = "__Host-signalbox.session";
const deviceCookie = "__Host-signalbox.known";
const maxSessionDays = 14;
const deviceDays = 180;

const isEnvelope = (token: object | null): token is SessionToken =>
  token !== null &&
  ["accountId", "sessionId", "secret"].every((name) => typeof Reflect.get(token, name) === "string") &&
  ["accountId", "sessionId"].every((name) => isUuid(String(Reflect.get(token, name))));

const cookieSecrets = () => deriveKeys("session envelope").map((key) => key.toString("base64"));

/** Options of every cookie: host-only, TLS only, not readable by scripts. */
export const cookieOptions = { httpOnly: true, secure: true, sameSite: "lax" as const, path: "/" };

/** Gives a new session to this browser, ends the one it had before and trusts the device. */
export async function startSession(token: SessionToken): Promise<void> {
  const previous = await currentSession();
  await setSessionCookie(token);
  if (previous) await endSession({ ...previous, origin: await requestMetadata() }, { reason: "signed in again" });
  await trustDevice(token.accountId);
}

/** Sets the session cookie, after a login or after its secret was rotated; next-auth only encrypts it, the session row decides. */
export async function setSessionCookie(token: SessionToken): Promise<void> {
  const maxAge = maxSessionDays * 86_400;
  const encrypted = await encode({ token, secret: cookieSecrets(), salt: sessionCookie, maxAge });
  (await cookies()).set(sessionCookie, encrypted, { ...cookieOptions, maxAge });
}

type CachedEnvelope = { envelope: object | null; until: number };
const envelopeCache = new Map<string, CachedEnvelope>();
const maxCachedEnvelopes = 2_000;

// Decryption is slower than the session query, so its result is cached; the query runs for every request.
async function readEnvelope(token: string): Promise<object | null> {
  const cached = envelopeCache.get(token);
  if (cached && Date.now() < cached.until) return cached.envelope;
  const envelope = await decode({ token, secret: cookieSecrets(), salt: sessionCookie }).catch(() => null);
  if (!envelope) return null;
  if (envelopeCache.size >= maxCachedEnvelopes) envelopeCache.clear();
  envelopeCache.set(token, { envelope, until: Math.min((envelope.exp ?? 0) * 1_000, Date.now() + 600_000) });
  return envelope;
}

/** Returns the session of the request's cookie, or null when the cookie or the session row is not valid. */
export const currentSession = cache(async (): Promise<AuthSession | null> => {
  markHandled();
  varyByCookie();
  const token = (await cookies()).get(sessionCookie)?.value;
  if (!token) return null;
  const envelope = await readEnvelope(token);
  if (!isEnvelope(envelope)) return null;
  const { accountId, sessionId } = envelope;
  return getAuthSession({ accountId, sessionId, secretHash: hashSecret(envelope.secret) });
});

export type SessionStatus = { session: AuthSession; pendingSteps: PendingStep[] };

/** Returns the session within the time limits of the organization and the pending login steps, or null. */
export async function sessionStatus(orgId?: string): Promise<SessionStatus | null> {
  const session = await currentSession();
  if (!session) return null;
  const limits = sessionLimits(orgId, session.memberships, defaultSessionPolicy());
  if (!isWithinLimits(session.age, limits) || isRevokedForOrg(orgId, session.memberships)) return null;
  return { session: session, pendingSteps: outstandingSteps(session, passwordLifetimes()) };
}

/** Returns the session, or null while a login step is pending. */
export async function activeSession(orgId?: string): Promise<AuthSession | null> {
  const status = await sessionStatus(orgId);
  return status && status.pendingSteps.length === 0 ? status.session : null;
}

/** Ends the session of this browser and deletes its cookie. */
export async function endCurrentSession(): Promise<void> {
  const session = await currentSession();
  if (session) await endSession({ ...session, origin: await requestMetadata() }, {});
  (await cookies()).delete({ name: sessionCookie, ...cookieOptions });
}

/** Returns a function that gives the device id for an account that has signed in on this device before. */
export async function trustedDeviceLookup(): Promise<(accountId: string) => string | null> {
  const cookie = (await cookies()).get(deviceCookie)?.value;
  return (accountId) => trustedDeviceId(accountId, cookie);
}

/** Marks this device as trusted for an account. */
async function trustDevice(accountId: string): Promise<void> {
  const jar = await cookies();
  jar.set(deviceCookie, addTrustedAccount(accountId, jar.get(deviceCookie)?.value), { ...cookieOptions, maxAge: deviceDays * 86_400 });
}

/** Removes the trust of this device for an account. */
export async function untrustDevice(accountId: string): Promise<void> {
  const jar = await cookies();
  const remaining = removeTrustedAccount(accountId, jar.get(deviceCookie)?.value);
  if (remaining) jar.set(deviceCookie, remaining, { ...cookieOptions, maxAge: deviceDays * 86_400 });
  else jar.delete({ name: deviceCookie, ...cookieOptions });
}
