import { expect } from "@playwright/test";
import { type DemoOrganization, type DemoSite, harbourline, tidewater } from "../../db/seed/organizations.ts";
import type { DemoPerson } from "../../db/seed/people.ts";
import { rolePermissions } from "../../lib/shared/permissions.ts";
import type { HttpResponse, HttpClient } from "./http-client.ts";
import { type NamedOrganization, type Organization, demoOrganization, uuid } from "./organizations.ts";
import { daysAgo } from "./time.ts";
import { type OrgName, pages } from "./access-grid.ts";

type Canary = { name: string; words: string[] };
type LoadedOrganization = {
  organization: NamedOrganization;
  seed: DemoOrganization;
  sites: Map<string, string>;
  people: Map<string, string>;
};

/** Both demo organizations, once they are loaded. */
export const demoOrganizations = {} as Record<OrgName, LoadedOrganization>;

/** The ids of the rows of a list, by a column of its CSV. */
async function idsIn({ superUser, path }: Organization, area: string, key: "name" | "email"): Promise<Map<string, string>> {
  const { body } = await superUser.get(`${path}/${area}/download?columns=${key},id`);
  const rows = body.split("\r\n").slice(1, -1);
  const column = key === "name" ? 0 : 1;
  return new Map(rows.map((row) => [row.split(",")[column] ?? "", uuid.exec(row.split(",").at(-1) ?? "")?.[0] ?? ""]));
}

const everyColumn = {
  sites: "name,country,timeZone,address,groups,rfTemplate,id",
  administrators: "name,email,role,access,lastSignIn,twoFactor,passwordAge,status,invitedAt,phone,id",
};

/** Loads the ids of both organizations as their Super Users. */
export async function loadDemoOrganizations(baseURL: string | undefined) {
  for (const [name, seed] of [
    ["Tidewater Retail", tidewater],
    ["Harbourline Logistics", harbourline],
  ] as const) {
    const organization = await demoOrganization(baseURL, name);
    const [sites, people] = [await idsIn(organization, "sites", "name"), await idsIn(organization, "administrators", "email")];
    demoOrganizations[name] = { organization, seed, sites, people };
  }
}

const canaryOf = ({ sites }: LoadedOrganization, { name, streetAddress }: { name: string; streetAddress: string }): Canary => ({
  name,
  words: [name, streetAddress, encodeURIComponent(name), sites.get(name) ?? name],
});

/** The sites that a person can read by role and scope. */
export function visibleSites({ scope, organization, role }: DemoPerson): DemoSite[] {
  if (!rolePermissions[role].includes("site.read")) return [];
  const isInScope = ({ name, groups }: DemoSite) =>
    scope === "all" ||
    ("groups" in scope ? groups.some((group) => scope.groups.includes(group)) : scope.sites.includes(name));
  return demoOrganizations[organization].seed.sites.filter(isInScope);
}

/** The words that identify sites a person may not see, and groups without a site of theirs. */
export function canariesFor(person: DemoPerson): Canary[] {
  const loaded = demoOrganizations[person.organization];
  const { sites, formerSite } = loaded.seed;
  const visible = visibleSites(person);
  const isVisible = (site: DemoSite) => visible.includes(site);
  const groups = new Set(
    sites.flatMap((site) => site.groups).filter((group) => !visible.some((site) => site.groups.includes(group))),
  );
  // Names of countries are in every list of countries.
  const named = [...groups]
    .filter((group) => !["France", "Poland"].includes(group))
    .map((name) => ({ name, words: [name] }));
  return [...sites.filter((site) => !isVisible(site)), formerSite].map((site) => canaryOf(loaded, site)).concat(named);
}

/** The words that identify an organization, without the given ones and without people created by tests. */
export function organizationCanary(name: OrgName, except: readonly string[] = []): Canary {
  const { organization, seed, sites, people } = demoOrganizations[name];
  const words = [
    name,
    organization.id,
    ...sites.values(),
    ...[...people].filter(([email]) => !email.endsWith("@example.test")).flat(),
    ...seed.sites.flatMap((site) => [site.name, site.streetAddress]),
  ];
  const [first = name] = name.split(" ");
  const known = (word: string) => except.some((one) => one.includes(word));
  return { name, words: [...words, first, first.toLowerCase()].filter((word) => word !== "" && !known(word)) };
}

/** Fails when a response contains a canary; requested ids are ignored because links repeat them. */
export function expectNoCanaries({ body, status, headers }: HttpResponse, path: string, canaries: readonly Canary[]) {
  const requestedIds = path.match(new RegExp(uuid, "g")) ?? [];
  const all = requestedIds.reduce((text, id) => text.replaceAll(id, ""), `${body}\n${[...headers].join("\n")}`);
  for (const { name, words } of canaries) {
    const word = words.find((one) => all.includes(one));
    const at = word ? all.indexOf(word) : 0;
    expect(word && all.slice(Math.max(0, at - 120), at + 80), `${name} in ${path} (${status})`).toBeUndefined();
  }
}

const maxPerRoute = 6;
const maxPages = 90;

/** Follows all links, a few per route, and reports each response as HTML and as payload. */
export async function crawl(
  client: HttpClient,
  start: readonly string[],
  onResponse: (answer: HttpResponse, path: string) => void,
): Promise<string[]> {
  const queue = [...start];
  const seen = new Set(start);
  const counts = new Map<string, number>();
  const visited: string[] = [];
  for (let path = queue.shift(); path !== undefined && visited.length < maxPages; path = queue.shift()) {
    const route = (path.split("?")[0] ?? "").replaceAll(new RegExp(uuid, "g"), "id");
    const count = counts.get(route) ?? 0;
    if (count >= maxPerRoute && !start.includes(path)) continue;
    counts.set(route, count + 1);
    visited.push(path);
    const answer = await client.get(path);
    onResponse(answer, path);
    if (answer.headers.get("content-type")?.startsWith("text/html"))
      onResponse(await client.payload(path), `${path} as payload`);
    const links = [...answer.body.matchAll(/href="(\/orgs[^"#]*)"/g)].map(([, link = ""]) =>
      link.replaceAll("&amp;", "&"),
    );
    for (const link of [answer.location, ...links]) {
      if (!link.startsWith("/orgs") || seen.has(link)) continue;
      seen.add(link);
      queue.push(link);
    }
  }
  return visited;
}

const listPages = Object.values(pages)
  .map(({ at }) => at)
  .filter((at) => at !== "" && at !== "audit-log" && !/[[/?]/.test(at));

/** A period from before the demo data until after the test. */
export const allTime = () => `period=range&from=${daysAgo(400)}&to=${daysAgo(-40)}`;

/** Paths that could leak data: all time, every format, searches, ids of others. */
export function leakPaths({ organization: { path }, sites, people, seed }: LoadedOrganization): string[] {
  const period = allTime();
  const prefixes = [...seed.sites, seed.formerSite].map(({ name }) => encodeURIComponent(name.slice(0, 4)));
  const foreignSite = [...sites.values()].map((id) => `sites=${id}`).join("&");
  return [
    path,
    ...listPages.map((page) => `${path}/${page}`),
    `${path}/audit-log?${period}`,
    `${path}/audit-log?period=7d&findSite=a&findAdmin=a`,
    `${path}/audit-log/download?format=csv&${period}`,
    `${path}/audit-log/download?format=ndjson&${period}`,
    `${path}/sites/download?columns=${everyColumn.sites}`,
    `${path}/administrators/download?columns=${everyColumn.administrators}`,
    ...prefixes.flatMap((word) => [`${path}/find?q=${word}`, `${path}/sites?search=${word}`]),
    ...["sites/options", "sites/groups/options", "site-groups/suggestions"].flatMap((options) => [`${path}/${options}`, `${path}/${options}?search=a`]),
    ...prefixes
      .slice(0, 4)
      .flatMap((word) => [`${path}/audit-log?${period}&message=${word}`, `${path}/administrators?search=${word}`]),
    ...["a", "e", "i", "o"].map((letter) => `${path}/find?q=${letter}`),
    ...[...people.values()].slice(0, 16).map((id) => `${path}/administrators/${id}`),
    `${path}/audit-log/download?format=csv&${period}&${foreignSite}`.slice(0, 7_000),
  ];
}
