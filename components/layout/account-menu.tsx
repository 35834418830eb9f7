import { type Html, html, hrefOf } from "@/components/ui/html";
import { Icon } from "@/components/ui/icon";
import { Markup } from "@/components/ui/markup";
import { ThemeSwitch, type Theme } from "./theme-switch";

export type Account = {
  name: string;
  email: string;
  links: readonly { label: string; href: string }[];
  signOut: (form: FormData) => Promise<void>;
  theme: Theme;
  chooseTheme: (form: FormData) => Promise<void>;
};

/** Who is signed in, what is theirs, and the way out. */
export function AccountMenu({ account }: { account: Account }) {
  const { name, email, links, signOut, theme, chooseTheme } = account;
  return (
    <>
      <button type="button" className="quick me" popoverTarget="account-menu">
        <span className="sr-only">Account of {name}</span>
        <span aria-hidden="true">{initialsOf(name)}</span>
      </button>
      <div id="account-menu" popover="auto" className="menu" data-align="end">
        <Markup as="div" html={html`<p><b>${name}</b><br>${email}</p><hr>${links.map(entry)}<hr>`} />
        <ThemeSwitch theme={theme} choose={chooseTheme} />
        <hr />
        <form action={signOut}>
          <button className="item">
            <Icon name="log-out" />
            Sign out
          </button>
        </form>
      </div>
    </>
  );
}

const entry = ({ label, href }: { label: string; href: string }): Html => html`<a href="${hrefOf(href)}">${label}</a>`;

/** Two letters for a person, one for a single name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const [first = "", last = ""] = [words.at(0), words.length > 1 ? words.at(-1) : ""];
  return [first, last].map((word) => [...word][0] ?? "").join("").toUpperCase();
}
