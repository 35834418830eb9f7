/** What a page says once after something was done, by the word in its address. */
export const notices: Record<string, string> = {
  "signed-out": "You are signed out",
  "site-created": "Site created",
  "site-saved": "Site saved",
  "site-deleted": "Site deleted",
};

/** The sentence for a notice in the address, or nothing for a word nobody wrote. */
export function noticeOf(asked: string | string[] | undefined): string | undefined {
  const [key = ""] = [asked ?? ""].flat();
  return Object.hasOwn(notices, key) ? notices[key] : undefined;
}
