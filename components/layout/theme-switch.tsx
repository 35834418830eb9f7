import { type Html, html } from "@/components/ui/html";
import { type IconName, iconHtml } from "@/components/ui/icon";
import { Markup } from "@/components/ui/markup";

export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

const drawn: Record<Theme, { label: string; icon: IconName }> = {
  light: { label: "Light", icon: "sun" },
  dark: { label: "Dark", icon: "moon" },
  system: { label: "As the system", icon: "monitor" },
};

/** What the cookie says, or what the system wants where it says nothing known. */
export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}

/** Three buttons of one form: the server keeps the choice and draws the page in it. */
export function ThemeSwitch({ theme, choose }: { theme: Theme; choose: (form: FormData) => Promise<void> }) {
  return (
    <form action={choose}>
      <Markup as="div" html={html`<h2>Appearance</h2>${themes.map((one) => choice(one, one === theme))}`} />
    </form>
  );
}

function choice(theme: Theme, chosen: boolean): Html {
  const { label, icon } = drawn[theme];
  return html`<button class="item" name="theme" value="${theme}" aria-pressed="${String(chosen)}">${iconHtml(icon)}${label}${
    chosen ? iconHtml("check") : null
  }</button>`;
}
