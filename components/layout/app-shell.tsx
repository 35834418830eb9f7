"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import { TitleSuffix } from "@/components/ui/document-title";
import { IconPath } from "@/components/ui/icon-path";
import { menu as menuIcon } from "@/components/ui/icons";
import { Toaster } from "@/components/ui/toast";
import { ReadOnlyContext } from "@/components/table/read-only";
import type { FormAction } from "@/lib/shared/form-state";
import { themes } from "@/lib/shared/theme";
import { type Account, type AccountActions, AccountMenu, signOutId } from "./account-menu";
import { barButton } from "./bar-button";
import { Brand } from "./brand";
import { CommandPalette } from "./command-palette";
import { actionsGroup, type Command } from "./filter-commands";
import { Shortcuts, shortcutsId } from "./shortcuts";
import { themeLabels } from "./theme-switch";
import { type Org, OrgSwitcher } from "./org-switcher";
import { ShellVersion } from "./shell-version";
import { type MenuGroup, type MenuItem, SideMenu } from "./side-menu";
import { TimeZoneCookie } from "./time-zone-cookie";
import { ViewedAs } from "./viewed-as";

export type PlainLink = { label: string; href: string };

export type Shell = {
  version: string;
  product: string;
  home: string;
  /** The side menu; hidden when empty. */
  menu: readonly MenuGroup[];
  /** At the foot of the left menu. */
  foot?: readonly MenuItem[];
  org?: Org;
  orgs?: readonly Org[];
  orgLinks?: readonly PlainLink[];
  /** Further entries of the command palette. */
  commands?: readonly Command[];
  /** Search URL of the command palette. */
  searchHref?: string;
  account: Account;
  /** The administrator as whom the organization is viewed. */
  viewedAs?: string;
};

const withMenu = "grid-cols-[224px_minmax(0,1fr)] sm:max-lg:grid-cols-[53px_minmax(0,1fr)] max-sm:grid-cols-[minmax(0,1fr)]";

type AppShellProps = AccountActions & { shell: Shell; endViewAs: FormAction; children: ReactNode };

/** The frame of a page: top bar, side menu and overlays. */
export function AppShell({ shell, signOut, chooseTheme, endViewAs, children }: AppShellProps) {
  const { product, home, menu, foot = [], org, orgs = [], orgLinks, account, viewedAs } = shell;
  const isBare = menu.length === 0 && foot.length === 0;
  const commands = commandsOf(shell);
  useClosedPopovers();
  return (
    <div className={`grid min-h-dvh grid-rows-[var(--bar-height)_1fr] print:block ${isBare ? "grid-cols-[minmax(0,1fr)]" : withMenu}`}>
      <a className={`${buttonClass("primary")} fixed top-2 left-2 z-30 not-focus:-translate-y-20`} href="#main">
        Skip to content
      </a>
      <header className="sticky top-0 z-6 col-span-full flex items-center gap-1 border-b border-line bg-surface ps-4 pe-3 max-sm:px-2 short:static print:hidden">
        {!isBare && (
          <button type="button" className={`${barButton} text-soft sm:hidden`} popoverTarget="side">
            <IconPath d={menuIcon} />
            <span className="sr-only">Menu</span>
          </button>
        )}
        <Brand product={product} href={home} className={`w-50 sm:max-lg:w-auto ${org ? "max-sm:hidden" : ""}`} />
        {org && <OrgSwitcher org={org} orgs={orgs} links={orgLinks} />}
        <span className="flex-1" />
        {commands.length > 0 && <CommandPalette commands={commands} searchHref={shell.searchHref} />}
        <Shortcuts />
        <AccountMenu account={account} signOut={signOut} chooseTheme={chooseTheme} />
      </header>
      {!isBare && <SideMenu menu={menu} foot={foot} />}
      <main id="main" tabIndex={-1} className={viewedAs ? "flex min-w-0 flex-col outline-0" : "min-w-0 outline-0"}>
        {viewedAs && <ViewedAs name={viewedAs} exit={endViewAs} />}
        <ReadOnlyContext value={viewedAs !== undefined}>
          <ShellVersion value={shell.version}>
            <TitleSuffix value={titleSuffix(shell)}>{viewedAs ? <div className="min-w-0 flex-1">{children}</div> : children}</TitleSuffix>
          </ShellVersion>
        </ReadOnlyContext>
      </main>
      <Toaster />
      <TimeZoneCookie />
    </div>
  );
}

const titleSuffix = ({ org, product }: Shell) => (org ? [org.name, product] : [product]);

function commandsOf({ menu, orgs = [], commands = [], account }: Shell): Command[] {
  const pages = menu.flatMap(({ items }) => items.map(({ label, href }) => ({ label, href, group: "Pages" })));
  const organizations = orgs.map(({ name, href }) => ({ label: name, href, group: "Organizations" }));
  const entries = [...pages, ...organizations, ...commands];
  return entries.length === 0 ? [] : [...entries, ...account.links.map((link) => ({ ...link, group: actionsGroup })), ...ownCommands];
}

const ownCommands: readonly Command[] = [
  ...themes.map((theme) => ({ label: `Appearance: ${themeLabels[theme]}`, press: `theme-${theme}`, group: actionsGroup })),
  { label: "Keyboard shortcuts", press: shortcutsId, group: actionsGroup },
  { label: "Sign out", press: signOutId, group: actionsGroup },
];

/** Closes menus when the path changes, for example by the back button. */
function useClosedPopovers() {
  const path = usePathname();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    for (const open of document.querySelectorAll<HTMLElement>("[popover]:popover-open")) open.hidePopover();
  }, [path]);
}
