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
const knownCookie = "__Host-signalbox.known";
const outerDays = 14;
const knownDays = 180;

type Envelope = { accountId: string; sessionId: string; secret: string };

const isEnvelope = (token: object | null): token is Envelope =>
  token !== null &&
  ["accountId", "sessionId", "secret"].every((name) => typeof Reflect.get(token, name) === "string") &&
  ["accountId", "sessionId"].every((name) => isId(String(Reflect.get(token, name))));

const secrets = () => derivedKeys("session envelope").map((key) => key.toString("base64"));

/** Every cookie of ours: for this host alone, by TLS alone, out of reach of scripts (SES-9). */
export const cookieRules = { httpOnly: true, secure: true, sameSite: "lax" as const, path: "/" };
const named = (name: string) => ({ name: `__Host-signalbox.${name}`, options: cookieRules });

// next-auth carries the envelope, our row decides: no adapter, no addresses of its own, nothing in the token but a key.
const { signIn } = NextAuth(() => ({
  secret: secrets(),
  trustHost: true,
  session: { strategy: "jwt", maxAge: outerDays * 86_400 },
  // A ticket that came too late is answered to the person; anything else is a fault of ours.
  logger: { error: (fault) => void (fault.name === "CredentialsSignin" || logFault(fault, { route: "sign-in" })), warn() {}, debug() {} },
  cookies: { sessionToken: named("session"), csrfToken: named("csrf"), callbackUrl: named("callback") },
  providers: [
    Credentials({
      credentials: { ticket: {} },
      async authorize({ ticket }) {
        const known = (await cookies()).get(knownCookie)?.value;
        const isKnown = (accountId: string) => browserKnownTo(accountId, known) !== null;
        const opened = await openSession(String(ticket), await requestOrigin(), isKnown);
        return opened && { id: opened.sessionId, ...opened };
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => {
      const given = user ?? token;
      return isEnvelope(given) ? { accountId: given.accountId, sessionId: given.sessionId, secret: given.secret } : null;
    },
    session: ({ session }) => ({ expires: session.expires }),
  },
}));

/** Turns a ticket into a signed-in browser; the session it held before is over (SES-2). */
export async function beginSession(ticket: string): Promise<void> {
  const before = await present();
  await signIn("credentials", { ticket, redirect: false }).catch((fault: unknown) => {
    if (fault instanceof CredentialsSignin) throw new Fault("invalid", "Signing in took too long. Try again");
    throw fault;
  });
  if (before) await endSession(before, await requestOrigin(), "signed in again");
  const jar = await cookies();
  for (const name of ["csrf", "callback"]) jar.delete({ name: `__Host-signalbox.${name}`, ...cookieRules });
}

/** Puts the new key of a session into this browser (SES-2). */
export async function keepSession(token: Envelope): Promise<void> {
  const maxAge = outerDays * 86_400;
  const sealed = await encode({ token, secret: secrets(), salt: sessionCookie, maxAge });
  (await cookies()).set(sessionCookie, sealed, { ...cookieRules, maxAge });
}

type Opened = { envelope: object | null; until: number };
const opened = new Map<string, Opened>();
const mostOpened = 2_000;

// Opening the envelope costs more than asking for the row behind it, which is still asked for every time.
async function envelopeOf(token: string): Promise<object | null> {
  const known = opened.get(token);
  if (known && Date.now() < known.until) return known.envelope;
  const envelope = await decode({ token, secret: secrets(), salt: sessionCookie }).catch(() => null);
  if (!envelope) return null;
  if (opened.size >= mostOpened) opened.clear();
  opened.set(token, { envelope, until: Math.min((envelope.exp ?? 0) * 1_000, Date.now() + 600_000) });
  return envelope;
}

/** Whoever is signed in by this request's cookie: the row decides, and any doubt means nobody (SES-10). */
export const present = cache(async (): Promise<Present | null> => {
  const token = (await cookies()).get(sessionCookie)?.value;
  if (!token) return null;
  const envelope = await envelopeOf(token);
  if (!isEnvelope(envelope)) return null;
  const { accountId, sessionId } = envelope;
  return presentSession({ accountId, sessionId, secretHash: hashSecret(envelope.secret) });
});

export type Standing = { who: Present; dues: Due[] };

/** The person behind this session if it is within its limits in the organization in use, and what they must do first. */
export async function standing(orgId?: string): Promise<Standing | null> {
  const who = await present();
  if (!who) return null;
  const limits = limitsIn(orgId, who.memberships, sessionDefaults());
  if (!isCurrent(who.age, limits) || isSignedOutOf(orgId, who.memberships)) return null;
  return { who, dues: duesOf(who, passwordPeriods()) };
}

/** The signed-in person who has nothing left to do first: to all that asks this, anybody else is signed out. */
export async function signedIn(orgId?: string): Promise<Present | null> {
  const here = await standing(orgId);
  return here && here.dues.length === 0 ? here.who : null;
}

/** Ends the session of this browser and takes its cookie away. */
export async function leave(): Promise<void> {
  const who = await present();
  if (who) await endSession(who, await requestOrigin());
  (await cookies()).delete({ name: sessionCookie, ...cookieRules });
}

/** Tells the id of this browser for an account that has been signed in to from it before (AUT-6). */
export async function knownBrowser(): Promise<(accountId: string) => string | null> {
  const known = (await cookies()).get(knownCookie)?.value;
  return (accountId) => browserKnownTo(accountId, known);
}

/** Marks this browser as one from which an account has been signed in to. */
export async function rememberBrowser(accountId: string): Promise<void> {
  const jar = await cookies();
  jar.set(knownCookie, withKnown(accountId, jar.get(knownCookie)?.value), { ...cookieRules, maxAge: knownDays * 86_400 });
}

/** Makes this browser a stranger's to an account whose tries begin anew (AUT-6). */
export async function forgetBrowser(accountId: string): Promise<void> {
  const jar = await cookies();
  const left = withoutKnown(accountId, jar.get(knownCookie)?.value);
  if (left) jar.set(knownCookie, left, { ...cookieRules, maxAge: knownDays * 86_400 });
  else jar.delete({ name: knownCookie, ...cookieRules });
}
