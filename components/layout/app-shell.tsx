"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { menu as menuIcon } from "@/components/ui/icons";
import { Toaster } from "@/components/ui/toast";
import { type Account, type AccountActions, AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { CommandPalette } from "./command-palette";
import type { Command } from "./filter-commands";
import { type Org, OrgSwitcher } from "./org-switcher";
import { type MenuGroup, type MenuItem, SideMenu } from "./side-menu";

export type PlainLink = { label: string; href: string };

export type Shell = {
  product: string;
  home: string;
  /** At the left; where it is empty there is none. */
  menu: readonly MenuGroup[];
  /** At the foot of the left menu. */
  foot?: readonly MenuItem[];
  org?: Org;
  orgs?: readonly Org[];
  orgLinks?: readonly PlainLink[];
  /** What else the command palette offers besides the menu and the organizations. */
  commands?: readonly Command[];
  /** Where the command palette asks for sites and people by name. */
  searchHref?: string;
  account: Account;
};

type AppShellProps = AccountActions & { shell: Shell; children: ReactNode };

/** Everything around a page: bar, menu and what floats above them. */
export function AppShell({ shell, signOut, chooseTheme, children }: AppShellProps) {
  const { product, home, menu, foot = [], org, orgs = [], orgLinks, account } = shell;
  const isBare = menu.length === 0 && foot.length === 0;
  const commands = commandsOf(shell);
  useClosedPopovers();
  return (
    <div className={isBare ? "frame bare" : "frame"}>
      <a className="button primary skip" href="#main">
        Skip to the page
      </a>
      <header className="bar">
        {!isBare && (
          <button type="button" className="quick sheet-button" popoverTarget="side">
            <IconPath d={menuIcon} />
            <span className="sr-only">Menu</span>
          </button>
        )}
        <Brand product={product} href={home} />
        {org && <OrgSwitcher org={org} orgs={orgs} links={orgLinks} />}
        <span className="grow" />
        {commands.length > 0 && <CommandPalette commands={commands} searchHref={shell.searchHref} />}
        <AccountMenu account={account} signOut={signOut} chooseTheme={chooseTheme} />
      </header>
      {!isBare && <SideMenu menu={menu} foot={foot} />}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Toaster />
    </div>
  );
}

function commandsOf({ menu, orgs = [], commands = [] }: Shell): Command[] {
  const pages = menu.flatMap(({ items }) => items.map(({ label, href }) => ({ label, href, group: "Pages" })));
  const organizations = orgs.map(({ name, href }) => ({ label: name, href, group: "Organizations" }));
  return [...pages, ...organizations, ...commands];
}

/** Closes menus when the path changes, by the back button for instance. */
function useClosedPopovers() {
  const path = usePathname();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    for (const open of document.querySelectorAll<HTMLElement>("[popover]:popover-open")) open.hidePopover();
  }, [path]);
}
