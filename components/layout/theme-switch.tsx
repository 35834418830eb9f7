import { Icon, type IconName } from "@/components/ui/icon";

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
      <h2>Appearance</h2>
      {themes.map((one) => (
        <button key={one} className="item" name="theme" value={one} aria-pressed={one === theme}>
          <Icon name={drawn[one].icon} />
          {drawn[one].label}
          {one === theme && <Icon name="check" />}
        </button>
      ))}
    </form>
  );
}
