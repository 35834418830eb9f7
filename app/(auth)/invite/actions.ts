"use server";

import type { RequestMetadata } from "@/lib/access/actor";
import { acceptInvitation, createLogin } from "@/lib/invitation-acceptance/commands";
import { homePath } from "@/lib/shared/menu";
import { withFlashRequestId } from "@/lib/shared/flash-messages";
import { publicAction } from "@/lib/web/account-action";
import { completeLogin, loginContext } from "@/lib/web/login-flow";
import { activeSession } from "@/lib/web/session";
import { browserHourCycle, requestMetadata } from "@/lib/web/request-metadata";

const joinedPath = (orgId: string, { requestId }: RequestMetadata) => withFlashRequestId(`${homePath(orgId)}?notice=joined`, requestId);

export const acceptInvitationAction = publicAction("accept_invitation", async (values) => {
  const who = await activeSession();
  const origin = await requestMetadata();
  const { outcome, orgId, email } = await acceptInvitation.fromRaw({ origin, signedIn: who?.account ?? null }, values);
  const invitationPath = values.purpose === "create_login" ? `/invite/login/${String(values.token)}` : `/invite/${String(values.token)}`;
  if (outcome === "create_login") return invitationPath;
  if (outcome === "joined") return joinedPath(orgId, origin);
  return `/sign-in?${new URLSearchParams({ org: orgId, email, next: invitationPath, notice: "sign-in-to-accept" })}`;
});

export const createLoginAction = publicAction("create_login", async (values) => {
  const context = { ...(await loginContext()), hourCycle: await browserHourCycle() };
  const { loginResult, orgId } = await createLogin.fromRaw(context, values);
  return completeLogin(loginResult, { path: joinedPath(orgId, context.origin) });
});
