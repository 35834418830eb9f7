"use server";

import { acceptInvitation, createLogin } from "@/lib/acceptances/commands";
import type { Role } from "@/lib/vocabulary/access";
import { homeOf } from "@/lib/vocabulary/menu";
import { visitorAction } from "@/lib/web/account-action";
import { comeIn } from "@/lib/web/entrance";
import { leave, present, signedIn } from "@/lib/web/session";
import { requestOrigin } from "@/lib/web/visitor";

const arrival = (orgId: string, role: Role) => `${homeOf(orgId, role)}?notice=joined`;

export const acceptInvitationAction = visitorAction("accept_invitation", async (values) => {
  const who = await signedIn();
  const { outcome, orgId, email, role } = await acceptInvitation(values, who?.account ?? null, await requestOrigin());
  const here = values.purpose === "create_login" ? `/invite/login/${String(values.token)}` : `/invite/${String(values.token)}`;
  if (outcome === "create_login") return here;
  if (outcome === "joined") return arrival(orgId, role);
  return `/sign-in?${new URLSearchParams({ org: orgId, email, next: here, notice: "sign-in-to-accept" })}`;
});

export const createLoginAction = visitorAction("create_login", async (values) => {
  const { entrance, orgId, role } = await createLogin(values, await requestOrigin());
  if (await present()) await leave();
  return comeIn(entrance, { path: arrival(orgId, role) });
});
