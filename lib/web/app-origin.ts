export type AppOrigin = { origin: string; host: string; secure: boolean };

/** The origin of the installation as APP_URL names it; nothing a client sends can change it. */
export function parseAppUrl(address: string): AppOrigin {
  const { origin, host, protocol } = new URL(address);
  return { origin, host, secure: protocol === "https:" };
}
