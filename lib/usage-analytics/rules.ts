/** The routes whose views are recorded; static segments come before dynamic ones. */
export const trackedPages = [
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
export type TrackedPage = (typeof trackedPages)[number];

const uuidPattern = "[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}";

const patterns = trackedPages.map((page) => ({ page, pattern: new RegExp(`^${page.replaceAll(/\[\w+\]/g, uuidPattern)}$`) }));

/** The tracked route of a URL, without ids and query; null when it is not tracked. */
export function trackedPageFor(url: string): TrackedPage | null {
  const [path = ""] = url.split(/[?#]/, 1);
  return patterns.find(({ pattern }) => pattern.test(path))?.page ?? null;
}
