import type { BenchOrganization } from "./dataset.ts";

/** One page to measure. */
export type Target = {
  name: string;
  server: "reference" | "portal";
  path: string;
  cookie: string;
  /** Pages of the same kind are compared across organization sizes. */
  kind?: string;
  size?: string;
  /** The payload of a navigation within the portal, instead of the document. */
  payload?: true;
};

/** The page that all figures are compared with. */
export const referenceName = "reference: table of 50 rows";
export const formName = "sign-in";
export const emptyName = "reference: empty page";
export const layoutName = "layout with an empty list";

/** The longest that the server may take for a navigation within the portal, in milliseconds. */
export const longestNavigation = 200;

const reference = { server: "reference", cookie: "" } as const;
function pagesOf(world: BenchOrganization): Target[] {
  const { name: size, orgId, superUser, scoped, scopedSiteId } = world;
  const home = `/orgs/${orgId}`;
  const page = (kind: string, path: string, { cookie } = superUser): Target => ({
    name: `${kind}, ${size}`,
    server: "portal",
    path: home + path,
    cookie,
    kind,
    size,
  });
  const days = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const period = `period=range&from=${days(59)}T00:00&to=${days(0)}T23:59`;
  return [
    page("audit log, first page", "/audit-log"),
    page("audit log, deep page", `/audit-log?${period}&after=${world.cursor}`),
    page("audit log, scoped", `/audit-log?${period}`, scoped),
    page("audit log, one site", `/audit-log?${period}&sites=${scopedSiteId}`, scoped),
    page("sites", "/sites"),
    page("search of sites", "/sites?search=market+000042"),
    page("administrators", "/administrators"),
  ];
}

/** All pages, starting with the reference app. */
export function listTargets(worlds: readonly BenchOrganization[]): Target[] {
  const [smallest] = worlds;
  if (!smallest) throw new Error("The benchmark needs an organization");
  const { orgId, superUser } = smallest;
  return [
    { ...reference, name: referenceName, path: "/" },
    { ...reference, name: emptyName, path: "/empty" },
    { ...reference, name: "reference: route handler", path: "/plain" },
    { name: "health", server: "portal", path: "/api/health/live", cookie: "" },
    { name: formName, server: "portal", path: "/sign-in", cookie: "" },
    { name: layoutName, server: "portal", path: `/orgs/${orgId}/sites?search=nothing-of-this-name`, cookie: superUser.cookie },
    ...worlds.flatMap(pagesOf),
    ...["", "/sites", "/administrators", "/audit-log"].map((path): Target => ({
      name: `navigation to ${path.slice(1) || "overview"}`,
      server: "portal",
      path: `/orgs/${orgId}${path}`,
      cookie: superUser.cookie,
      payload: true,
    })),
  ];
}
