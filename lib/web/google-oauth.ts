import "server-only";
import { cookies } from "next/headers";
import * as z from "zod/mini";
import { linkGoogle, signInWithGoogle, type OAuthStart } from "@/lib/identities/commands";
import { purposeFromState, type OAuthErrorReason, OAuthError, toOAuthError } from "@/lib/identities/rules";
import { withReturnTo, type ReturnTo } from "@/lib/shared/login-flow";
import { AppError } from "@/lib/shared/app-error";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import { completeLogin, loginContext } from "@/lib/web/login-flow";
import { log } from "@/lib/web/log";
import { currentPageIdentity, identityError } from "@/lib/web/page-identity";
import { cookieOptions, activeSession, currentSession, sessionStatus } from "@/lib/web/session";
import { currentRequestId } from "@/lib/web/request-context";
import { requestMetadata } from "@/lib/web/request-metadata";

const oauthCookie = "__Host-signalbox.google";
const oauthSeconds = 300;

const OAuthFlow = z.object({
  secret: z.string(),
  startedBy: z.object({ accountId: z.nullable(z.string()), email: z.nullable(z.string()), orgId: z.nullable(z.string()) }),
});
type OAuthFlow = z.infer<typeof OAuthFlow>;

function logOAuthError(purpose: string, { reason, detail }: OAuthError): void {
  log().warn({ requestId: currentRequestId(), purpose, reason, detail }, "Google sign-in failed");
}

/** Starts an OAuth flow, binds it to this browser by a cookie and returns the authorization URL. */
export async function startOAuth(begin: Promise<OAuthStart>): Promise<string> {
  const { secret, url } = await begin.catch((error: unknown) => {
    if (error instanceof OAuthError) logOAuthError("start", error);
    throw error;
  });
  const flow: OAuthFlow = { secret, startedBy: await currentPageIdentity() };
  (await cookies()).set(oauthCookie, Buffer.from(JSON.stringify(flow)).toString("base64url"), { ...cookieOptions, maxAge: oauthSeconds });
  return url;
}

/** Reads the flow that this browser has started; anything unreadable is none. */
async function readFlow(): Promise<OAuthFlow | null> {
  const text = (await cookies()).get(oauthCookie)?.value.slice(0, 2_000) ?? "";
  try {
    return OAuthFlow.safeParse(JSON.parse(Buffer.from(text, "base64url").toString())).data ?? null;
  } catch {
    return null;
  }
}

/** Returns why the flow that this browser has started may not go on: somebody else signed in meanwhile. */
export async function otherAccountMessage(): Promise<string | null> {
  const [flow, session] = [await readFlow(), await currentSession()];
  const error = flow && session && identityError(flow.startedBy, session.account, "same account", null);
  return error?.message ?? null;
}

/** Handles the query of an OAuth callback and returns the path of the next page. */
export async function handleOAuthCallback(query: string): Promise<string> {
  const secret = (await readFlow())?.secret ?? null;
  const purpose = purposeFromState(secret, new URLSearchParams(query).get("state"));
  if (!purpose || !secret) return errorPath("over");
  if (await otherAccountMessage()) return "/google/refused?why=other-account";
  (await cookies()).delete({ name: oauthCookie, ...cookieOptions });
  try {
    return await (purpose === "google_link" ? linkAccount(secret, query) : signIn(secret, query));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "forbidden") return "/google/refused?why=suspended";
    const oauthError = toOAuthError(error);
    logOAuthError(purpose, oauthError);
    return oauthError.reason === "unknown" ? withReturnTo("/google/refused", oauthError.returnTo) : errorPath(oauthError.reason, oauthError.returnTo);
  }
}

async function signIn(secret: string, query: string): Promise<string> {
  const { loginResult, returnTo } = await signInWithGoogle(await loginContext(), { secret, answer: query });
  return completeLogin(loginResult, returnTo);
}

// Linking fails when the session ended during the flow.
async function linkAccount(secret: string, query: string): Promise<string> {
  const who = await activeSession();
  if (!who) throw new OAuthError("signed-out");
  const origin = await requestMetadata();
  await linkGoogle({ ...who, origin }, { secret, answer: query });
  return withFlashRequestId("/account?notice=google-linked", origin.requestId);
}

async function errorPath(why: OAuthErrorReason, returnTo: ReturnTo = { path: null }): Promise<string> {
  const notice = `google-${why}`;
  return (await sessionStatus()) ? `/account?notice=${notice}` : withReturnTo("/sign-in", returnTo, { notice });
}
