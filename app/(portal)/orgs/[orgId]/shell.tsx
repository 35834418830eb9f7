import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { chooseTheme, signOut } from "@/app/(portal)/actions";
import { AppShell } from "@/components/layout/app-shell";
import { Enhance } from "@/components/layout/enhance";
import { themeOf } from "@/components/layout/theme";
import { Empty } from "@/components/ui/empty";
import { icons, lock } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { TabTitle } from "@/components/ui/tab-title";
import { can } from "@/lib/access/actor";
import { brand } from "@/lib/brand";
import { homePath, organizationPages } from "@/lib/shared/menu";
import type { OrgContext } from "@/lib/web/current-actor";
import { Flash } from "./flash";

type ShellProps = {
  here: OrgContext;
  /** What the page shows, for the tab of the browser. */
  title: string;
  notice?: string | string[];
  children: ReactNode;
};

/** The frame around every page of an organization, drawn for what this person may open. */
export async function Shell({ here, title, notice, children }: ShellProps) {
  const { actor, session, membership } = here;
  const root = `/orgs/${actor.orgId}`;
  const home = homePath(actor.orgId, membership.role);
  const pages = organizationPages
    .filter(({ permission }) => can(actor, permission))
    .map(({ label, path, icon }) => ({ label, icon: icons[icon], href: `${root}/${path}` }));
  const orgs = session.memberships.map(({ orgId, orgName, role }) => ({ id: orgId, name: orgName, href: homePath(orgId, role) }));
  const theme = themeOf((await cookies()).get("__Host-signalbox.theme")?.value);
  const shell = {
    product: brand().name,
    home,
    menu: pages.length > 0 ? [{ label: "Organization", items: pages }] : [],
    org: { id: membership.orgId, name: membership.orgName, href: home },
    orgs,
    orgLinks: [
      { label: "All organizations", href: "/orgs" },
      { label: "Create Organization", href: "/orgs/new" },
    ],
    commands: [{ label: "Create Organization", href: "/orgs/new", group: "Actions" }],
    searchHref: `${root}/find`,
    account: {
      name: actor.name,
      email: actor.email ?? "",
      links: [
        { label: "My Account", href: "/account" },
        { label: "Switch organization", href: "/orgs" },
      ],
      theme,
    },
  };
  return (
    <AppShell shell={shell} signOut={signOut} chooseTheme={chooseTheme}>
      <TabTitle parts={[title, membership.orgName, brand().name]} />
      <Flash notice={notice} actor={actor} />
      {children}
      <Enhance />
    </AppShell>
  );
}

/** A page of the organization that this person's role does not open. */
export function Refused({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <div className="settings">
        <Empty title="Your role does not include this page" icon={lock}>
          <p>A Super User of the organization can give you another role.</p>
        </Empty>
      </div>
    </>
  );
}
