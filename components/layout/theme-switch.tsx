import { ButtonForm } from "@/components/form/button-form";
import { IconPath } from "@/components/ui/icon-path";
import { check, monitor, moon, sun } from "@/components/ui/icons";
import { menuItem } from "@/components/ui/menu";
import type { FormAction } from "@/lib/shared/form-state";
import { type Theme, themes } from "@/lib/shared/theme";

export const themeLabels: Record<Theme, string> = { light: "Light", dark: "Dark", system: "System" };
const icons: Record<Theme, string> = { light: sun, dark: moon, system: monitor };

/** Theme buttons in a form; the server stores the choice and renders the page in it. */
export function ThemeSwitch({ theme, choose }: { theme: Theme; choose: FormAction }) {
  return (
    <ButtonForm action={choose}>
      <h2>Appearance</h2>
      {themes.map((one) => (
        <button key={one} id={`theme-${one}`} className={menuItem} name="theme" value={one} aria-pressed={one === theme}>
          <IconPath d={icons[one]} />
          {themeLabels[one]}
          {one === theme && <IconPath d={check} />}
        </button>
      ))}
    </ButtonForm>
  );
}
