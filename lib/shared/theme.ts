export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** The theme a cookie names; the system's where it names none. */
export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}
