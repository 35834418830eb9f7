export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** What the cookie says, or what the system wants where it says nothing known. */
export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}
