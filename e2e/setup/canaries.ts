import { expect } from "@playwright/test";
import { type DemoOrganization, type DemoSite, harbourline, tidewater } from "../../db/seed/organizations.ts";
import type { DemoPerson } from "../../db/seed/people.ts";
import { rolePermissions } from "../../lib/shared/permissions.ts";
import type { Answer, Browser } from "../browser.ts";
import { type NamedOrganization, type Organization, organizationCalled } from "./cast.ts";
import { daysAgo } from "./clocks.ts";
import { type OrgName, pages } from "./grid.ts";

type Canary = { name: string; words: string[] };
type Ground = {
  organization: NamedOrganization;
  facts: DemoOrganization;
  sites: Map<string, string>;
  people: Map<string, string>;
};

/** Both organizations of the demo world, once they are explored. */
export const grounds = {} as Record<OrgName, Ground>;
export const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

/** The ids of a list's rows by a column of its download. */
async function idsIn({ boss, path }: Organization, area: string, key: "name" | "email"): Promise<Map<string, string>> {
  const { body } = await boss.get(`${path}/${area}/download?columns=${key},id`);
  const rows = body.split("\r\n").slice(1, -1);
  const column = key === "name" ? 0 : 1;
  return new Map(rows.map((row) => [row.split(",")[column] ?? "", uuid.exec(row.split(",").at(-1) ?? "")?.[0] ?? ""]));
}

const everyColumn = {
  sites: "name,country,timeZone,address,groups,id",
  administrators: "name,email,role,access,lastSignIn,twoFactor,passwordAge,status,invitedAt,phone,id",
};

/** Learns both organizations' ids from their own Super Users. */
export async function explore(baseURL: string | undefined) {
  for (const [name, facts] of [
    ["Tidewater Retail", tidewater],
    ["Harbourline Logistics", harbourline],
  ] as const) {
    const organization = await organizationCalled(baseURL, name);
    const [sites, people] = [await idsIn(organization, "sites", "name"), await idsIn(organization, "administrators", "email")];
    grounds[name] = { organization, facts, sites, people };
  }
}

const canaryOf = ({ sites }: Ground, { name, streetAddress }: { name: string; streetAddress: string }): Canary => ({
  name,
  words: [name, streetAddress, encodeURIComponent(name), sites.get(name) ?? name],
});

/** The sites that somebody reads, as the written table and their scope have it. */
export function sitesOf({ scope, organization, role }: DemoPerson): DemoSite[] {
  if (!rolePermissions[role].includes("site.read")) return [];
  const reaches = ({ name, groups }: DemoSite) =>
    scope === "all" ||
    ("groups" in scope ? groups.some((group) => scope.groups.includes(group)) : scope.sites.includes(name));
  return grounds[organization].facts.sites.filter(reaches);
}

/** Everything that tells of the sites somebody may not see, and of the groups that hold none of theirs. */
export function canariesFor(person: DemoPerson): Canary[] {
  const ground = grounds[person.organization];
  const { sites, formerSite } = ground.facts;
  const own = sitesOf(person);
  const isOwn = (site: DemoSite) => own.includes(site);
  const groups = new Set(
    sites.flatMap((site) => site.groups).filter((group) => !own.some((site) => site.groups.includes(group))),
  );
  // A country's name is in every list of countries.
  const named = [...groups]
    .filter((group) => !["France", "Poland"].includes(group))
    .map((name) => ({ name, words: [name] }));
  return [...sites.filter((site) => !isOwn(site)), formerSite].map((site) => canaryOf(ground, site)).concat(named);
}

/** Everything that tells of an organization, save the words that somebody is known by elsewhere, and people made by tests. */
export function tracesOf(name: OrgName, except: readonly string[] = []): Canary {
  const { organization, facts, sites, people } = grounds[name];
  const words = [
    name,
    organization.id,
    ...sites.values(),
    ...[...people].filter(([email]) => !email.endsWith("@example.test")).flat(),
    ...facts.sites.flatMap((site) => [site.name, site.streetAddress]),
  ];
  const [first = name] = name.split(" ");
  const known = (word: string) => except.some((one) => one.includes(word));
  return { name, words: [...words, first, first.toLowerCase()].filter((word) => word !== "" && !known(word)) };
}

/** Nothing in an answer tells of these, save the ids that were asked for, which a page's address repeats. */
export function expectSilence({ body, status, headers }: Answer, path: string, canaries: readonly Canary[]) {
  const asked = path.match(new RegExp(uuid, "g")) ?? [];
  const all = asked.reduce((text, id) => text.replaceAll(id, ""), `${body}\n${[...headers].join("\n")}`);
  for (const { name, words } of canaries) {
    const word = words.find((one) => all.includes(one));
    const at = word ? all.indexOf(word) : 0;
    expect(word && all.slice(Math.max(0, at - 120), at + 80), `${name} in ${path} (${status})`).toBeUndefined();
  }
}

const mostOfOnePage = 6;
const mostPages = 90;

/** Follows every link there is, a few of each page's kind, and hears what each answers in HTML and as payload. */
export async function crawl(
  browser: Browser,
  start: readonly string[],
  hear: (answer: Answer, path: string) => void,
): Promise<string[]> {
  const waiting = [...start];
  const seen = new Set(start);
  const kinds = new Map<string, number>();
  const visited: string[] = [];
  for (let path = waiting.shift(); path !== undefined && visited.length < mostPages; path = waiting.shift()) {
    const kind = (path.split("?")[0] ?? "").replaceAll(new RegExp(uuid, "g"), "id");
    const times = kinds.get(kind) ?? 0;
    if (times >= mostOfOnePage && !start.includes(path)) continue;
    kinds.set(kind, times + 1);
    visited.push(path);
    const answer = await browser.get(path);
    hear(answer, path);
    if (answer.headers.get("content-type")?.startsWith("text/html"))
      hear(await browser.payload(path), `${path} as payload`);
    const links = [...answer.body.matchAll(/href="(\/orgs[^"#]*)"/g)].map(([, link = ""]) =>
      link.replaceAll("&amp;", "&"),
    );
    for (const link of [answer.location, ...links]) {
      if (!link.startsWith("/orgs") || seen.has(link)) continue;
      seen.add(link);
      waiting.push(link);
    }
  }
  return visited;
}

const listPages = Object.values(pages)
  .map(({ at }) => at)
  .filter((at) => at !== "" && at !== "audit-log" && !/[[/?]/.test(at));

/** From long before the demo world until long after the test, as a reader would ask for it. */
export const allTime = () => `period=range&from=${daysAgo(400)}&to=${daysAgo(-40)}`;

/** Where everything could be asked for that is anywhere: all time, every format, beginnings of names, ids of others. */
export function questions({ organization: { path }, sites, people, facts }: Ground): string[] {
  const since = allTime();
  const beginnings = [...facts.sites, facts.formerSite].map(({ name }) => encodeURIComponent(name.slice(0, 4)));
  const foreignSite = [...sites.values()].map((id) => `sites=${id}`).join("&");
  return [
    path,
    ...listPages.map((page) => `${path}/${page}`),
    `${path}/audit-log?${since}`,
    `${path}/audit-log?period=7d&findSite=a&findAdmin=a`,
    `${path}/audit-log/download?format=csv&${since}`,
    `${path}/audit-log/download?format=ndjson&${since}`,
    `${path}/sites/download?columns=${everyColumn.sites}`,
    `${path}/administrators/download?columns=${everyColumn.administrators}`,
    ...beginnings.flatMap((word) => [`${path}/find?q=${word}`, `${path}/sites?search=${word}`]),
    ...["sites/options", "sites/groups/options"].flatMap((options) => [`${path}/${options}`, `${path}/${options}?search=a`]),
    ...beginnings
      .slice(0, 4)
      .flatMap((word) => [`${path}/audit-log?${since}&message=${word}`, `${path}/administrators?search=${word}`]),
    ...["a", "e", "i", "o"].map((letter) => `${path}/find?q=${letter}`),
    ...[...people.values()].slice(0, 16).map((id) => `${path}/administrators/${id}`),
    `${path}/audit-log/download?format=csv&${since}&${foreignSite}`.slice(0, 7_000),
  ];
}
