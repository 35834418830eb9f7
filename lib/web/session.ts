import "server-only";
import NextAuth, { CredentialsSignin } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { cookies } from "next/headers";
import { cache } from "react";
import { derivedKeys, hashSecret } from "@/lib/kernel/secret";
import { passwordPeriods } from "@/lib/env";
import { endSession, openSession } from "@/lib/sessions/commands";
import { type Present, presentSession, sessionDefaults } from "@/lib/sessions/queries";
import { duesOf, isCurrent, isSignedOutOf, limitsIn } from "@/lib/sessions/rules";
import type { Due } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { isId } from "@/lib/vocabulary/id";
import { browserKnownTo, withKnown, withoutKnown } from "@/lib/web/known-browser";
import { logFault } from "@/lib/web/log";
import { requestOrigin } from "@/lib/web/visitor";

const sessionCookie = "__Host-signalbox.session";
const deviceCookie = "__Host-signalbox.known";
const maxSessionDays = 14;
const deviceDays = 180;

type Envelope = { accountId: string; sessionId: string; secret: string };

const isEnvelope = (token: object | null): token is Envelope =>
  token !== null &&
  ["accountId", "sessionId", "secret"].every((name) => typeof Reflect.get(token, name) === "string") &&
  ["accountId", "sessionId"].every((name) => isId(String(Reflect.get(token, name))));

const cookieSecrets = () => derivedKeys("session envelope").map((key) => key.toString("base64"));

/** Options of every cookie: host-only, TLS only, not readable by scripts. */
export const cookieRules = { httpOnly: true, secure: true, sameSite: "lax" as const, path: "/" };
const authCookie = (name: string) => ({ name: `__Host-signalbox.${name}`, options: cookieRules });

// next-auth only encrypts the cookie; the session row decides. No adapter and no routes of next-auth are used.
const { signIn } = NextAuth(() => ({
  secret: cookieSecrets(),
  trustHost: true,
  session: { strategy: "jwt", maxAge: maxSessionDays * 86_400 },
  // An expired ticket is reported to the user; any other error is a bug.
  logger: { error: (error) => void (error.name === "CredentialsSignin" || logFault(error, { route: "sign-in" })), warn() {}, debug() {} },
  cookies: { sessionToken: authCookie("session"), csrfToken: authCookie("csrf"), callbackUrl: authCookie("callback") },
  providers: [
    Credentials({
      credentials: { ticket: {} },
      async authorize({ ticket }) {
        const cookie = (await cookies()).get(deviceCookie)?.value;
        const isKnown = (accountId: string) => browserKnownTo(accountId, cookie) !== null;
        const session = await openSession(String(ticket), await requestOrigin(), isKnown);
        return session && { id: session.sessionId, ...session };
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => {
      const envelope = user ?? token;
      return isEnvelope(envelope) ? { accountId: envelope.accountId, sessionId: envelope.sessionId, secret: envelope.secret } : null;
    },
    session: ({ session }) => ({ expires: session.expires }),
  },
}));

/** Opens a session from a login ticket and ends the session that this browser had before. */
export async function beginSession(ticket: string): Promise<void> {
  const previous = await present();
  await signIn("credentials", { ticket, redirect: false }).catch((error: unknown) => {
    if (error instanceof CredentialsSignin) throw new Fault("invalid", "Signing in took too long. Try again");
    throw error;
  });
  if (previous) await endSession(previous, await requestOrigin(), "signed in again");
  const jar = await cookies();
  for (const name of ["csrf", "callback"]) jar.delete({ name: `__Host-signalbox.${name}`, ...cookieRules });
}

/** Sets the session cookie after its secret was rotated. */
export async function keepSession(token: Envelope): Promise<void> {
  const maxAge = maxSessionDays * 86_400;
  const encrypted = await encode({ token, secret: cookieSecrets(), salt: sessionCookie, maxAge });
  (await cookies()).set(sessionCookie, encrypted, { ...cookieRules, maxAge });
}

type Opened = { envelope: object | null; until: number };
const envelopeCache = new Map<string, Opened>();
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
export const present = cache(async (): Promise<Present | null> => {
  const token = (await cookies()).get(sessionCookie)?.value;
  if (!token) return null;
  const envelope = await readEnvelope(token);
  if (!isEnvelope(envelope)) return null;
  const { accountId, sessionId } = envelope;
  return presentSession({ accountId, sessionId, secretHash: hashSecret(envelope.secret) });
});

export type Standing = { who: Present; dues: Due[] };

/** Returns the session within the time limits of the organization and the pending login steps, or null. */
export async function standing(orgId?: string): Promise<Standing | null> {
  const session = await present();
  if (!session) return null;
  const limits = limitsIn(orgId, session.memberships, sessionDefaults());
  if (!isCurrent(session.age, limits) || isSignedOutOf(orgId, session.memberships)) return null;
  return { who: session, dues: duesOf(session, passwordPeriods()) };
}

/** Returns the session, or null while a login step is pending. */
export async function signedIn(orgId?: string): Promise<Present | null> {
  const status = await standing(orgId);
  return status && status.dues.length === 0 ? status.who : null;
}

/** Ends the session of this browser and deletes its cookie. */
export async function leave(): Promise<void> {
  const session = await present();
  if (session) await endSession(session, await requestOrigin());
  (await cookies()).delete({ name: sessionCookie, ...cookieRules });
}

/** Returns a function that gives the device id for an account that has signed in on this device before. */
export async function knownBrowser(): Promise<(accountId: string) => string | null> {
  const cookie = (await cookies()).get(deviceCookie)?.value;
  return (accountId) => browserKnownTo(accountId, cookie);
}

/** Marks this device as trusted for an account. */
export async function rememberBrowser(accountId: string): Promise<void> {
  const jar = await cookies();
  jar.set(deviceCookie, withKnown(accountId, jar.get(deviceCookie)?.value), { ...cookieRules, maxAge: deviceDays * 86_400 });
}

/** Removes the trust of this device for an account. */
export async function forgetBrowser(accountId: string): Promise<void> {
  const jar = await cookies();
  const remaining = withoutKnown(accountId, jar.get(deviceCookie)?.value);
  if (remaining) jar.set(deviceCookie, remaining, { ...cookieRules, maxAge: deviceDays * 86_400 });
  else jar.delete({ name: deviceCookie, ...cookieRules });
}
