import "server-only";
import { linkAccount, type startAccountLink } from "@/lib/linked-accounts/commands";
import { AccountLinkError, type AccountLinkErrorReason } from "@/lib/linked-accounts/rules";
import { AppError, SignedOutError } from "@/lib/shared/app-error";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import type { FormState } from "@/lib/shared/form-state";
import { requireOrgContext, runAction } from "@/lib/web/action";
import { log } from "@/lib/web/log";
import { oauthCookie } from "@/lib/web/oauth-cookie";
import type { OAuthFlow } from "@/lib/web/oauth-flow";
import { currentPageIdentity, identityError } from "@/lib/web/page-identity";
import { currentRequestId } from "@/lib/web/request-context";
import { currentSession } from "@/lib/web/session";

const cookie = oauthCookie("account-link");
const section = "#application-insights";

function logLinkError({ reason, detail }: AccountLinkError): void {
  log().warn({ requestId: currentRequestId(), reason, detail }, "An account was not linked");
}

/** Makes the server action that leads to an application, where a person allows the link; its callback is bound to this session. */
export function accountLinkAction(command: typeof startAccountLink) {
  return async (orgId: string, _state: FormState, form: FormData): Promise<FormState> =>
    runAction(form, { rule: "same account", orgId }, async (values) => {
      const { actor, session } = await requireOrgContext(orgId);
      const { secret, url } = await command.fromRaw(actor, { ...values, sessionId: session.sessionId }).catch((error: unknown) => {
        if (error instanceof AccountLinkError) logLinkError(error);
        throw error;
      });
      await cookie.set({ secret, startedBy: await currentPageIdentity(orgId), returnTo: { path: null }, application: values.application as OAuthFlow["application"] });
      return url;
    });
}

/** Handles the query of the callback of an application and returns the path of the next page. */
export async function handleAccountLinkCallback(query: string): Promise<string> {
  const flow = await cookie.read();
  const orgId = flow?.startedBy.orgId;
  if (!flow?.application || !orgId) return noticePath("/orgs", "over");
  await cookie.clear();
  const settings = `/orgs/${orgId}/settings`;
  const session = await currentSession();
  if (identityError(flow.startedBy, session?.account ?? null, "same account", null)) return noticePath(session ? "/orgs" : "/sign-in", "other-account");
  try {
    const { actor, session: { sessionId } } = await requireOrgContext(orgId);
    await linkAccount(actor, { application: flow.application, secret: flow.secret, answer: query, sessionId });
    return withFlashRequestId(`${settings}?notice=account-linked${section}`, actor.origin.requestId);
  } catch (error) {
    if (error instanceof SignedOutError) return noticePath("/sign-in", "other-account");
    const linkError = toLinkError(error);
    logLinkError(linkError);
    return linkError.reason === "refused" ? noticePath(`/orgs/${orgId}`, "refused") : `${noticePath(settings, linkError.reason)}${section}`;
  }
}

const noticePath = (path: string, reason: AccountLinkErrorReason) => `${path}?notice=account-link-${reason}`;

function toLinkError(error: unknown): AccountLinkError {
  if (error instanceof AccountLinkError) return error;
  if (!(error instanceof AppError)) throw error;
  return new AccountLinkError(error.code === "forbidden" || error.code === "not_found" ? "refused" : "failed", error.code);
}
