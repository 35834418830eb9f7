import type { ReactNode } from "react";
import { chooseThemeAction, signOutAction } from "@/app/(portal)/actions";
import { endViewAsAction } from "@/app/(portal)/account/view-as/actions";
import { PageIdentity } from "@/components/form/page-identity";
import { AppShell } from "@/components/layout/app-shell";
import { icons } from "@/components/ui/icons";
import type { ShellData } from "@/lib/web/shell";

/** The frame around a page; none when signed out, because the page redirects. */
export function AppFrame({ data, children }: { data: ShellData | null; children: ReactNode }) {
  if (!data) return children;
  const menu = data.menu.map(({ label, items }) => ({ label, items: items.map((item) => ({ ...item, icon: icons[item.icon] })) }));
  return (
    <PageIdentity accountId={data.account.id} email={data.account.email} orgId={null}>
      <AppShell shell={{ ...data, menu }} signOut={signOutAction} chooseTheme={chooseThemeAction} endViewAs={endViewAsAction}>
        {children}
      </AppShell>
    </PageIdentity>
  );
}
