import { ButtonForm } from "@/components/form/button-form";
import { IconPath } from "@/components/ui/icon-path";
import { logOut } from "@/components/ui/icons";
import { AppLink } from "@/components/ui/link";
import { MenuPanel, menuItem } from "@/components/ui/menu";
import type { FormAction } from "@/lib/shared/form-state";
import type { Theme } from "@/lib/shared/theme";
import { shortcutsId } from "./shortcuts";
import { ThemeSwitch } from "./theme-switch";

export type Account = {
  name: string;
  email: string;
  links: readonly { label: string; href: string }[];
  theme: Theme;
};

export type AccountActions = { signOut: FormAction; chooseTheme: FormAction };

export const signOutId = "sign-out";

// The ring makes the click target as large as those of its neighbours.
const round =
  "relative ms-1.5 flex size-[26px] items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent after:absolute after:-inset-[5px] hover:bg-sunken";

/** The account menu: links of the signed-in account, theme and sign-out. */
export function AccountMenu({ account: { name, email, links, theme }, signOut, chooseTheme }: AccountActions & { account: Account }) {
  return (
    <>
      <button type="button" className={round} popoverTarget="account-menu">
        <span className="sr-only">{name}’s account</span>
        <span aria-hidden="true">{initialsOf(name)}</span>
      </button>
      <MenuPanel id="account-menu" align="end">
        <p>
          <b>{name}</b>
          <br />
          {email}
        </p>
        <hr />
        {links.map(({ label, href }) => (
          <AppLink key={href} href={href}>
            {label}
          </AppLink>
        ))}
        <button type="button" className={`${menuItem} script-on`} popoverTarget="account-menu" popoverTargetAction="hide" onClick={openShortcuts}>
          Keyboard shortcuts
        </button>
        <hr />
        <ThemeSwitch theme={theme} choose={chooseTheme} />
        <hr />
        <ButtonForm action={signOut}>
          <button id={signOutId} className={menuItem}>
            <IconPath d={logOut} />
            Sign out
          </button>
        </ButtonForm>
      </MenuPanel>
    </>
  );
}

const openShortcuts = () => document.getElementById(shortcutsId)?.click();

/** Initials: two letters, or one for a single name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const [first = "", last = ""] = [words.at(0), words.length > 1 ? words.at(-1) : ""];
  return [first, last].map((word) => [...word][0] ?? "").join("").toUpperCase();
}
