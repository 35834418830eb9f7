import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { chooseTheme, signOut } from "@/app/(portal)/actions";
import { AppShell } from "@/components/layout/app-shell";
import { themeOf } from "@/components/layout/theme-switch";
import { brand } from "@/lib/brand";
import type { Present } from "@/lib/sessions/queries";
import { currentActor } from "@/lib/web/current-actor";
import { Shell } from "../orgs/[orgId]/shell";
import { Flash } from "../orgs/[orgId]/flash";

type ShellProps = { who: Present; title: string; notice?: string | string[]; children: ReactNode };

/** The frame around the pages of a person: that of the organization they were last in, or a bare one. */
export async function AccountShell({ who, title, notice, children }: ShellProps) {
  const { account, memberships } = who;
  const last = memberships.find(({ orgId }) => orgId === account.lastOrganizationId) ?? memberships[0];
  const here = last ? await currentActor(last.orgId) : null;
  if (here && here !== "stranger") return <Shell here={here} title={title} current="account" notice={notice}>{children}</Shell>;
  const theme = themeOf((await cookies()).get("__Host-signalbox.theme")?.value);
  const name = `${account.firstName} ${account.lastName}`;
  return (
    <AppShell product={brand().name} title={title} home="/" menu={[]} account={{ name, email: account.email, links: [], signOut, theme, chooseTheme }}>
      <Flash notice={notice} />
      {children}
    </AppShell>
  );
}
