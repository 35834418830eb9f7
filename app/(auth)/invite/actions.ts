"use server";

import { acceptInvitation, createLogin, declineInvitation } from "@/lib/invitation-acceptance/commands";
import { getInvitation } from "@/lib/invitations/queries";
import { homePath } from "@/lib/shared/menu";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import type { RequestMetadata } from "@/lib/access/actor";
import type { FormValues } from "@/lib/shared/form-state";
import { publicAction } from "@/lib/web/account-action";
import { browserAction, endBrowserSession } from "@/lib/web/browser-action";
import { completeLogin, loginContext } from "@/lib/web/login-flow";
import { activeSession } from "@/lib/web/session";
import { browserHourCycle, requestMetadata } from "@/lib/web/request-metadata";

const invitationPath = (token: unknown) => `/invite/${encodeURIComponent(String(token))}`;

const joinedPath = (orgId: string, { requestId }: RequestMetadata) => withFlashRequestId(`${homePath(orgId)}?notice=joined`, requestId);

const signInPath = (token: unknown, { orgId, email }: { orgId: string; email: string }) =>
  `/sign-in?${new URLSearchParams({ org: orgId, email, next: invitationPath(token), notice: "sign-in-to-accept" })}`;

export const answerInvitationAction = publicAction("answer_invitation", async ({ answer, ...values }) => {
  const context = { origin: await requestMetadata(), signedIn: (await activeSession())?.account ?? null };
  if (answer === "decline") {
    await declineInvitation.fromRaw(context, values);
    return "/invite/declined";
  }
  const accepted = await acceptInvitation.fromRaw(context, values);
  if (accepted.outcome === "create_login") return invitationPath(accepted.token);
  return accepted.outcome === "joined" ? joinedPath(accepted.orgId, context.origin) : signInPath(values.token, accepted);
});

export const switchAccountAction = browserAction(async ({ token }: FormValues) => {
  await endBrowserSession();
  const shown = await getInvitation(String(token));
  return shown.open && shown.invitation.accountId ? signInPath(token, shown.invitation) : invitationPath(token);
});

export const createLoginAction = publicAction("create_login", async (values) => {
  const context = { ...(await loginContext()), hourCycle: await browserHourCycle() };
  const { loginResult, orgId } = await createLogin.fromRaw(context, values);
  return completeLogin(loginResult, { path: joinedPath(orgId, context.origin) });
});
