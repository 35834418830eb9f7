import "server-only";
import { cookies } from "next/headers";
import { linkGoogle, signInWithGoogle, type Way } from "@/lib/identities/commands";
import { errandOf, type Refusal, Refused, refusedBy } from "@/lib/identities/rules";
import { toward, type Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { withRequest } from "@/lib/vocabulary/notices";
import { comeIn } from "@/lib/web/entrance";
import { log } from "@/lib/web/log";
import { cookieRules, signedIn, standing } from "@/lib/web/session";
import { currentRequestId } from "@/lib/web/request-context";
import { requestOrigin } from "@/lib/web/visitor";

const oauthCookie = "__Host-signalbox.google";
const oauthSeconds = 300;

function logOAuthError(errand: string, { why, remark }: Refused): void {
  log().warn({ requestId: currentRequestId(), errand, why, remark }, "Google sign-in failed");
}

/** Starts an OAuth flow, binds it to this browser by a cookie and returns the authorization URL. */
export async function setOut(begin: Promise<Way>): Promise<string> {
  const { secret, address } = await begin.catch((error: unknown) => {
    if (error instanceof Refused) logOAuthError("begin", error);
    throw error;
  });
  (await cookies()).set(oauthCookie, secret, { ...cookieRules, maxAge: oauthSeconds });
  return address;
}

/** Handles the query of an OAuth callback and returns the path of the next page. */
export async function arriveFromGoogle(query: string): Promise<string> {
  const jar = await cookies();
  const secret = jar.get(oauthCookie)?.value ?? null;
  const errand = errandOf(secret, new URLSearchParams(query).get("state"));
  if (!errand || !secret) return errorPath("over");
  jar.delete({ name: oauthCookie, ...cookieRules });
  try {
    return await (errand === "google_link" ? linkAccount(secret, query) : signIn(secret, query));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === "forbidden") return "/google/refused?why=suspended";
    const oauthError = refusedBy(error);
    logOAuthError(errand, oauthError);
    return oauthError.why === "unknown" ? toward("/google/refused", oauthError.wanted) : errorPath(oauthError.why, oauthError.wanted);
  }
}

async function signIn(secret: string, query: string): Promise<string> {
  const { loginResult, returnTo } = await signInWithGoogle({ secret, answer: query }, await requestOrigin());
  return comeIn(loginResult, returnTo);
}

// Linking fails when the session ended during the flow.
async function linkAccount(secret: string, query: string): Promise<string> {
  const who = await signedIn();
  if (!who) throw new Refused("signed-out");
  const origin = await requestOrigin();
  await linkGoogle({ ...who, origin }, { secret, answer: query });
  return withRequest("/account?notice=google-linked", origin.requestId);
}

async function errorPath(why: Refusal, returnTo: Wanted = { path: null }): Promise<string> {
  const notice = `google-${why}`;
  return (await standing()) ? `/account?notice=${notice}` : toward("/sign-in", returnTo, { notice });
}
