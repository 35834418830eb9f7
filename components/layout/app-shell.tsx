import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { Drawn } from "@/components/ui/markup";
import { Menu } from "@/components/ui/menu";
import { TabTitle } from "@/components/ui/tab-title";
import { Toaster } from "@/components/ui/toast";
import { AccountMenu, type Account } from "./account-menu";
import { Brand } from "./brand";
import { CommandPalette, type Command } from "./command-palette";
import { Enhance } from "./enhance";
import { OrgSwitcher, type Org } from "./org-switcher";
import { type MenuGroup, type MenuItem, SideMenu } from "./side-menu";

export type PlainLink = { label: string; href: string };

type AppShellProps = {
  product: string;
  /** What the page shows, for the tab of the browser. */
  title: string;
  home: string;
  /** At the left; where it is empty there is none. */
  menu: readonly MenuGroup[];
  /** At the foot of the left menu. */
  foot?: readonly MenuItem[];
  org?: Org;
  orgs?: readonly Org[];
  orgLinks?: readonly PlainLink[];
  commands?: readonly Command[];
  /** Where the command palette asks for sites and people by name. */
  searchHref?: string;
  /** Behind the question mark and the bulb; an empty list leaves them out. */
  help?: readonly PlainLink[];
  ideas?: readonly PlainLink[];
  account: Account;
  children: ReactNode;
};

/** Everything around a page: bar, menu, and what makes links soft. */
export function AppShell(props: AppShellProps) {
  const { product, title, home, menu, foot = [], org, orgs = [], orgLinks, commands = [], help = [], ideas = [], account } = props;
  const isBare = menu.length === 0 && foot.length === 0;
  return (
    <div className={isBare ? "frame bare" : "frame"}>
      <TabTitle parts={[title, org?.name, product]} />
      <a className="button primary skip" href="#main">
        Skip to the page
      </a>
      <header className="bar">
        <Drawn as="div" className="contents">
          {!isBare && (
            <button type="button" className="quick sheet-button" popoverTarget="side">
              <Icon name="menu" />
              <span className="sr-only">Menu</span>
            </button>
          )}
          <Brand product={product} href={home} />
          {org && <OrgSwitcher org={org} orgs={orgs} links={orgLinks} />}
          <span className="grow" />
        </Drawn>
        {commands.length > 0 && <CommandPalette commands={commands} searchHref={props.searchHref} />}
        <LinksMenu id="help-menu" label="Help" icon="circle-help" links={help} />
        <LinksMenu id="ideas-menu" label="Ideas" icon="lightbulb" links={ideas} />
        <AccountMenu account={account} />
      </header>
      {!isBare && <SideMenu menu={menu} foot={foot} />}
      <main id="main" tabIndex={-1}>
        {props.children}
      </main>
      <Toaster />
      <Enhance />
    </div>
  );
}

type LinksMenuProps = { id: string; label: string; icon: IconName; links: readonly PlainLink[] };

function LinksMenu({ id, label, icon, links }: LinksMenuProps) {
  if (links.length === 0) return null;
  return (
    <Menu id={id} label={label} icon={icon} only="icon" align="end" look="quick">
      {links.map((link) => (
        <a key={link.href} href={link.href}>
          {link.label}
        </a>
      ))}
    </Menu>
  );
}
