import "server-only";
import { createHash } from "node:crypto";
import { cache } from "react";
import { can } from "@/lib/access/actor";
import { brand } from "@/lib/brand";
import type { AuthSession } from "@/lib/sessions/queries";
import { homePath, menuCommands, organizationPages, pagePath } from "@/lib/shared/menu";
import { currentActor, currentMember, type OrgContext } from "@/lib/web/current-actor";
import { sessionStatus } from "@/lib/web/session";
import { currentTheme } from "@/lib/web/theme";
import { fullName } from "@/lib/shared/person-name";
import { shownEmail } from "@/lib/web/shown-email";

export type ShellData = Awaited<ReturnType<typeof dataFor>>;

/** The frame of an organization's pages; bare for non-members, null when signed out. */
export const orgShell = cache(async (orgId: string): Promise<ShellData | null> => {
  const context = await currentActor(orgId);
  if (context === null) return null;
  if (context !== "non-member") return dataFor(context.session, context);
  const status = await sessionStatus();
  return status && dataFor(status.session, null);
});

/** The frame of account pages: that of the organization used last, else a bare one. */
export const accountShell = cache(async (): Promise<ShellData | null> => {
  const status = await sessionStatus();
  return status && dataFor(status.session, await contextInUse());
});

/** The signed-in account as an actor of the organization used last, if it is still a member. */
export const contextInUse = cache(async (): Promise<OrgContext | null> => {
  const { account, memberships } = (await sessionStatus())?.session ?? {};
  const last = memberships?.find(({ orgId }) => orgId === account?.lastOrganizationId) ?? memberships?.[0];
  const context = last ? await currentMember(last.orgId) : null;
  return context === "non-member" ? null : context;
});

async function dataFor({ account, memberships }: AuthSession, context: OrgContext | null) {
  const data = {
    product: brand().name,
    viewedAs: context?.viewedAs,
    ...(context ? organizationIn(context, memberships) : { home: "/", menu: [] }),
    account: {
      id: account.id,
      name: fullName(account),
      email: shownEmail(account.email),
      links: context ? accountLinks : [],
      theme: await currentTheme(),
    },
  };
  return { ...data, version: createHash("sha1").update(JSON.stringify(data)).digest("base64url").slice(0, 8) };
}

const orgLinks = [
  { label: "All organizations", href: "/orgs" },
  { label: "Create Organization", href: "/orgs/new" },
];
const accountLinks = [
  { label: "My Account", href: "/account" },
  { label: "Switch organization", href: "/orgs" },
];

function organizationIn({ actor, membership }: OrgContext, memberships: AuthSession["memberships"]) {
  const { orgId, orgName } = membership;
  const home = homePath(orgId);
  const items = organizationPages
    .filter(({ permission }) => can(actor, permission))
    .map(({ label, path, icon, covers = [] }) => ({ label, icon, href: pagePath(orgId, path), covers: covers.map((page) => pagePath(orgId, page)) }));
  const commands = menuCommands
    .filter(({ permission }) => !permission || can(actor, permission))
    .map(({ label, path }) => ({ label, href: pagePath(orgId, path), group: "Actions" }));
  return {
    home,
    menu: items.length > 0 ? [{ label: "Organization", items }] : [],
    org: { id: orgId, name: orgName, href: home },
    orgs: memberships.map((held) => ({ id: held.orgId, name: held.orgName, href: homePath(held.orgId) })),
    orgLinks,
    commands,
    searchHref: `/orgs/${orgId}/find`,
  };
}
