import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { chooseTheme, signOut } from "@/app/(portal)/actions";
import { AppShell } from "@/components/layout/app-shell";
import { themeOf } from "@/components/layout/theme-switch";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/actor";
import { brand } from "@/lib/brand";
import { homeOf, organizationPages } from "@/lib/vocabulary/menu";
import type { Here } from "@/lib/web/current-actor";
import { Flash } from "./flash";

type ShellProps = {
  here: Here;
  /** What the page shows, for the tab of the browser. */
  title: string;
  current: string;
  notice?: string | string[];
  children: ReactNode;
};

/** The frame around every page of an organization, drawn for what this person may open. */
export async function Shell({ here, title, current, notice, children }: ShellProps) {
  const { actor, who, membership } = here;
  const root = `/orgs/${actor.orgId}`;
  const home = homeOf(actor.orgId, membership.role);
  const pages = organizationPages
    .filter(({ permission }) => can(actor, permission))
    .map(({ key, label, path, icon }) => ({ label, icon, href: `${root}/${path}`, current: key === current }));
  const orgs = who.memberships.map(({ orgId, orgName, role }) => ({ id: orgId, name: orgName, href: homeOf(orgId, role) }));
  const theme = themeOf((await cookies()).get("__Host-signalbox.theme")?.value);
  return (
    <AppShell
      product={brand().name}
      title={title}
      home={home}
      menu={pages.length > 0 ? [{ label: "Organization", items: pages }] : []}
      org={{ id: membership.orgId, name: membership.orgName, href: home }}
      orgs={orgs}
      orgLinks={[
        { label: "All organizations", href: "/orgs" },
        { label: "Create Organization", href: "/orgs/new" },
      ]}
      commands={[
        ...pages.map(({ label, href }) => ({ label, href, group: "Pages" })),
        ...orgs.map(({ name, href }) => ({ label: name, href, group: "Organizations" })),
        { label: "Create Organization", href: "/orgs/new", group: "Actions" },
      ]}
      searchHref={`${root}/find`}
      account={{
        name: actor.name,
        email: actor.email ?? "",
        links: [
          { label: "My Account", href: "/account" },
          { label: "Switch organization", href: "/orgs" },
        ],
        signOut,
        theme,
        chooseTheme,
      }}
    >
      <Flash notice={notice} actor={actor} />
      {children}
    </AppShell>
  );
}

/** A page of the organization that this person's role does not open. */
export function Refused({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <div className="settings">
        <Empty title="Your role does not include this page" icon="lock">
          <p>A Super User of the organization can give you another role.</p>
        </Empty>
      </div>
    </>
  );
}
