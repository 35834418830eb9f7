"use server";

import type { Origin } from "@/lib/access/actor";
import { acceptInvitation, createLogin } from "@/lib/acceptances/commands";
import type { Role } from "@/lib/vocabulary/access";
import { homeOf } from "@/lib/vocabulary/menu";
import { withRequest } from "@/lib/vocabulary/notices";
import { visitorAction } from "@/lib/web/account-action";
import { comeIn } from "@/lib/web/entrance";
import { leave, present, signedIn } from "@/lib/web/session";
import { requestOrigin } from "@/lib/web/visitor";

type Joined = { orgId: string; role: Role };

const arrival = ({ orgId, role }: Joined, { requestId }: Origin) => withRequest(`${homeOf(orgId, role)}?notice=joined`, requestId);

export const acceptInvitationAction = visitorAction("accept_invitation", async (values) => {
  const who = await signedIn();
  const origin = await requestOrigin();
  const { outcome, orgId, email, role } = await acceptInvitation(values, who?.account ?? null, origin);
  const here = values.purpose === "create_login" ? `/invite/login/${String(values.token)}` : `/invite/${String(values.token)}`;
  if (outcome === "create_login") return here;
  if (outcome === "joined") return arrival({ orgId, role }, origin);
  return `/sign-in?${new URLSearchParams({ org: orgId, email, next: here, notice: "sign-in-to-accept" })}`;
});

export const createLoginAction = visitorAction("create_login", async (values) => {
  const origin = await requestOrigin();
  const { loginResult, orgId, role } = await createLogin(values, origin);
  if (await present()) await leave();
  return comeIn(loginResult, { path: arrival({ orgId, role }, origin) });
});
