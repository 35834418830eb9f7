import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { chooseTheme, signOut } from "@/app/(portal)/actions";
import { AppShell } from "@/components/layout/app-shell";
import { Enhance } from "@/components/layout/enhance";
import { themeOf } from "@/components/layout/theme";
import { TabTitle } from "@/components/ui/tab-title";
import { brand } from "@/lib/brand";
import type { AuthSession } from "@/lib/sessions/queries";
import { currentActor } from "@/lib/web/current-actor";
import { Shell } from "../orgs/[orgId]/shell";
import { Flash } from "../orgs/[orgId]/flash";

type ShellProps = { who: AuthSession; title: string; notice?: string | string[]; children: ReactNode };

/** The frame around the pages of a person: that of the organization they were last in, or a bare one. */
export async function AccountShell({ who, title, notice, children }: ShellProps) {
  const { account, memberships } = who;
  const last = memberships.find(({ orgId }) => orgId === account.lastOrganizationId) ?? memberships[0];
  const here = last ? await currentActor(last.orgId) : null;
  if (here && here !== "non-member") return <Shell here={here} title={title} notice={notice}>{children}</Shell>;
  const theme = themeOf((await cookies()).get("__Host-signalbox.theme")?.value);
  const name = `${account.firstName} ${account.lastName}`;
  return (
    <AppShell
      shell={{ product: brand().name, home: "/", menu: [], account: { name, email: account.email, links: [], theme } }}
      signOut={signOut}
      chooseTheme={chooseTheme}
    >
      <TabTitle parts={[title, brand().name]} />
      <Flash notice={notice} />
      {children}
      <Enhance />
    </AppShell>
  );
}
