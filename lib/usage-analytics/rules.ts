import { type EntryOf, type KeyOf, listedPart, mergedPart } from "@/lib/shared/registry";

type OrgPage<Route extends string> = Route extends "" ? "/orgs/[orgId]" : `/orgs/[orgId]/${Route}`;
export type TrackedPage = EntryOf<"accountPages"> | OrgPage<KeyOf<"pages">>;

const orgPages = Object.keys(mergedPart("pages")).map((route) => `/orgs/[orgId]/${route}`.replace(/\/$/, ""));

/** The routes whose views are recorded. */
export const trackedPages = [...listedPart("accountPages"), ...orgPages] as readonly TrackedPage[];

const uuidPattern = "[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}";

const patterns = trackedPages.map((page) => ({ page, pattern: new RegExp(`^${page.replaceAll(/\[\w+\]/g, uuidPattern)}$`) }));

/** The tracked route of a URL, without ids and query; null when it is not tracked. */
export function trackedPageFor(url: string): TrackedPage | null {
  const [path = ""] = url.split(/[?#]/, 1);
  return patterns.find(({ pattern }) => pattern.test(path))?.page ?? null;
}
