import "server-only";
import { linkGoogle, signInWithGoogle, type OAuthStart } from "@/lib/identities/commands";
import { purposeFromState, type OAuthErrorReason, OAuthError, toOAuthError } from "@/lib/identities/rules";
import { withReturnTo, type ReturnTo } from "@/lib/shared/login-flow";
import { AppError } from "@/lib/shared/app-error";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import { completeLogin, loginContext } from "@/lib/web/login-flow";
import { log } from "@/lib/web/log";
import { oauthCookie } from "@/lib/web/oauth-cookie";
import type { OAuthFlow } from "@/lib/web/oauth-flow";
import { currentPageIdentity, identityError } from "@/lib/web/page-identity";
import { activeSession, currentSession, sessionStatus } from "@/lib/web/session";
import { currentRequestId } from "@/lib/web/request-context";
import { requestMetadata } from "@/lib/web/request-metadata";

const cookie = oauthCookie("google");

function logOAuthError(purpose: string, { reason, detail }: OAuthError): void {
  log().warn({ requestId: currentRequestId(), purpose, reason, detail }, "Google sign-in failed");
}

/** Starts an OAuth flow, binds it to this browser by a cookie and returns the authorization URL. */
export async function startOAuth(begin: Promise<OAuthStart>, returnTo: ReturnTo = { path: null }): Promise<string> {
  const { secret, url } = await begin.catch((error: unknown) => {
    if (error instanceof OAuthError) logOAuthError("start", error);
    throw error;
  });
  await cookie.set({ secret, startedBy: await currentPageIdentity(), returnTo });
  return url;
}

/** Returns why the flow that this browser has started may not go on: somebody else signed in meanwhile. */
export async function otherAccountMessage(): Promise<string | null> {
  const [flow, session] = [await cookie.read(), await currentSession()];
  const error = flow && session && identityError(flow.startedBy, session.account, "same account", null);
  return error?.message ?? null;
}

/** Handles the query of an OAuth callback and returns the path of the next page. */
export async function handleOAuthCallback(query: string): Promise<string> {
  const flow = await cookie.read();
  const purpose = flow && purposeFromState(flow.secret, new URLSearchParams(query).get("state"));
  if (!purpose) return errorPath("over");
  if (await otherAccountMessage()) return "/google/refused?why=other-account";
  await cookie.clear();
  try {
    return await (purpose === "google_link" ? linkAccount(flow.secret, query) : signIn(flow, query));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "forbidden") return "/google/refused?why=suspended";
    const oauthError = toOAuthError(error);
    logOAuthError(purpose, oauthError);
    return oauthError.reason === "unknown" ? withReturnTo("/google/refused", flow.returnTo) : errorPath(oauthError.reason, flow.returnTo);
  }
}

async function signIn({ secret, returnTo }: OAuthFlow, query: string): Promise<string> {
  return completeLogin(await signInWithGoogle(await loginContext(), { secret, answer: query }), returnTo);
}

// Linking fails when the session ended during the flow.
async function linkAccount(secret: string, query: string): Promise<string> {
  const session = await activeSession();
  if (!session) throw new OAuthError("signed-out");
  const origin = await requestMetadata();
  await linkGoogle({ ...session, origin }, { secret, answer: query });
  return withFlashRequestId("/account?notice=google-linked", origin.requestId);
}

async function errorPath(why: OAuthErrorReason, returnTo: ReturnTo = { path: null }): Promise<string> {
  const notice = `google-${why}`;
  return (await sessionStatus()) ? `/account?notice=${notice}` : withReturnTo("/sign-in", returnTo, { notice });
}
