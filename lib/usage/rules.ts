/** Every page whose opening is counted, as its route is written; what is written out comes before a place (ACC-28). */
export const countedPages = [
  "/account",
  "/account/two-factor",
  "/account/two-factor/codes",
  "/orgs",
  "/orgs/new",
  "/orgs/[orgId]",
  "/orgs/[orgId]/administrators",
  "/orgs/[orgId]/administrators/invite",
  "/orgs/[orgId]/administrators/[administratorId]",
  "/orgs/[orgId]/audit-log",
  "/orgs/[orgId]/sites",
  "/orgs/[orgId]/sites/new",
  "/orgs/[orgId]/sites/[siteId]",
] as const;
export type CountedPage = (typeof countedPages)[number];

const place = "[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}";

const patterns = countedPages.map((page) => ({ page, pattern: new RegExp(`^${page.replaceAll(/\[\w+\]/g, place)}$`) }));

/** The page at an address without anything that was asked of it or whose it is; null for what is not counted. */
export function pageAt(address: string): CountedPage | null {
  const [path = ""] = address.split(/[?#]/, 1);
  return patterns.find(({ pattern }) => pattern.test(path))?.page ?? null;
}
