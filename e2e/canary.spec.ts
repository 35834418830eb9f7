import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { demoPeople, type DemoPerson } from "../db/seed/people.ts";
import { harbourline, tidewater, type DemoOrganization, type DemoSite } from "../db/seed/organizations.ts";
import { roleFacts } from "../lib/vocabulary/access.ts";
import { type Answer, type Browser, newBrowser } from "./browser.ts";
import { browserOf, type Organization, organizationCalled } from "./setup/cast.ts";
import type { OrgName } from "./setup/grid.ts";

type Canary = { name: string; words: string[] };
type Ground = { organization: Organization; facts: DemoOrganization; sites: Map<string, string>; people: Map<string, string> };

const grounds = {} as Record<OrgName, Ground>;
const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

/** The ids of a list's rows by what its download calls them. */
async function idsIn({ boss, path }: Organization, area: string, column: number): Promise<Map<string, string>> {
  const { body } = await boss.get(`${path}/${area}/download`);
  const rows = body.split("\r\n").slice(1, -1);
  return new Map(rows.map((row) => [row.split(",")[column] ?? "", uuid.exec(row.split(",").at(-1) ?? "")?.[0] ?? ""]));
}

test.beforeAll(async ({ baseURL }) => {
  for (const [name, facts] of [["Tidewater Retail", tidewater], ["Harbourline Logistics", harbourline]] as const) {
    const organization = await organizationCalled(baseURL, name);
    const [sites, people] = [await idsIn(organization, "sites", 0), await idsIn(organization, "administrators", 1)];
    grounds[name] = { organization, facts, sites, people };
  }
});

const canaryOf = ({ sites }: Ground, { name, address }: { name: string; address: string }): Canary => ({
  name,
  words: [name, address, encodeURIComponent(name), sites.get(name) ?? name],
});

/** The sites that somebody reads, as the written table and their scope have it. */
function sitesOf({ scope, organization, role }: DemoPerson): DemoSite[] {
  if (!roleFacts[role].may.includes("site.read")) return [];
  const reaches = ({ name, groups }: DemoSite) =>
    scope === "all" || ("groups" in scope ? groups.some((group) => scope.groups.includes(group)) : scope.sites.includes(name));
  return grounds[organization].facts.sites.filter(reaches);
}

/** Everything that tells of the sites somebody may not see, and of the groups that hold none of theirs. */
function canariesFor(person: DemoPerson): Canary[] {
  const ground = grounds[person.organization];
  const { sites, formerSite } = ground.facts;
  const own = sitesOf(person);
  const isOwn = (site: DemoSite) => own.includes(site);
  const groups = new Set(sites.flatMap((site) => site.groups).filter((group) => !own.some((site) => site.groups.includes(group))));
  // A country's name is in every list of countries.
  const named = [...groups].filter((group) => !["France", "Poland"].includes(group)).map((name) => ({ name, words: [name] }));
  return [...sites.filter((site) => !isOwn(site)), formerSite].map((site) => canaryOf(ground, site)).concat(named);
}

/** Everything that tells of an organization, save the words that somebody is known by elsewhere. */
function tracesOf(name: OrgName, except: readonly string[] = []): Canary {
  const { organization, facts, sites, people } = grounds[name];
  const words = [name, organization.id, ...sites.values(), ...people.keys(), ...people.values(), ...facts.sites.flatMap((site) => [site.name, site.address])];
  return { name, words: words.filter((word) => word !== "" && !except.includes(word)) };
}

/** Nothing in an answer tells of these, save the ids that were asked for, which a page's address repeats. */
function expectSilence({ body, status, headers }: Answer, path: string, canaries: readonly Canary[]) {
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
async function crawl(browser: Browser, start: readonly string[], hear: (answer: Answer, path: string) => void): Promise<string[]> {
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
    if (answer.headers.get("content-type")?.startsWith("text/html")) hear(await browser.payload(path), `${path} as payload`);
    const links = [...answer.body.matchAll(/href="(\/orgs[^"#]*)"/g)].map(([, link = ""]) => link.replaceAll("&amp;", "&"));
    for (const link of [answer.location, ...links]) {
      if (!link.startsWith("/orgs") || seen.has(link)) continue;
      seen.add(link);
      waiting.push(link);
    }
  }
  return visited;
}

/** Where everything could be asked for that is anywhere: all time, every format, beginnings of names, ids of others. */
function questions({ organization: { path }, sites, people, facts }: Ground): string[] {
  const since = `period=range&from=2025-10-01&to=2027-01-01`;
  const beginnings = [...facts.sites, facts.formerSite].map(({ name }) => encodeURIComponent(name.slice(0, 4)));
  const foreignSite = [...sites.values()].map((id) => `sites=${id}`).join("&");
  return [
    path,
    `${path}/sites`,
    `${path}/administrators`,
    `${path}/audit-log?${since}`,
    `${path}/audit-log?period=7d&findSite=a&findAdmin=a`,
    `${path}/audit-log/download?format=csv&${since}`,
    `${path}/audit-log/download?format=ndjson&${since}`,
    `${path}/sites/download`,
    `${path}/administrators/download`,
    ...beginnings.flatMap((word) => [`${path}/find?q=${word}`, `${path}/sites?search=${word}`]),
    ...beginnings.slice(0, 4).flatMap((word) => [`${path}/audit-log?${since}&message=${word}`, `${path}/administrators?search=${word}`]),
    ...["a", "e", "i", "o"].map((letter) => `${path}/find?q=${letter}`),
    ...[...people.values()].slice(0, 16).map((id) => `${path}/administrators/${id}`),
    `${path}/audit-log/download?format=csv&${since}&${foreignSite}`.slice(0, 7_000),
  ];
}

const isScoped = ({ scope }: DemoPerson) => scope !== "all";

for (const person of demoPeople.filter(isScoped)) {
  test(`TEN-6, TEN-9, ADM-7: ${person.role} ${person.email} hears of no other site`, async ({ baseURL }) => {
    const ground = grounds[person.organization];
    const browser = await browserOf(baseURL, person.email);
    const canaries = canariesFor(person);
    // What is asked for by its id is in the address of the answer's own links.
    const asked = questions(ground).filter((question) => !question.includes("sites="));
    const heard: string[] = [];
    await crawl(browser, asked, (answer, path) => {
      expectSilence(answer, path, canaries);
      heard.push(answer.body);
    });
    const all = heard.join("\n");
    for (const { name } of sitesOf(person)) expect(all, "what is theirs is told").toContain(name);
    for (const { words } of canaries) {
      const id = words.find((word) => uuid.test(word));
      if (!id) continue;
      const page = await browser.get(`${ground.organization.path}/sites/${id}`);
      expect([403, 404]).toContain(page.status);
      expectSilence(page, `the page of ${id}`, canaries);
      const log = await browser.get(`${ground.organization.path}/audit-log/download?format=ndjson&period=range&from=2025-10-01&to=2027-01-01&sites=${id}`);
      expect([log.status, log.status === 200 ? log.body : ""]).toEqual([expect.any(Number), ""]);
    }
  });
}

test("TEN-9: the canaries are in what those hear who may", async () => {
  for (const { organization, facts } of Object.values(grounds)) {
    const heard: string[] = [];
    await crawl(organization.boss, questions({ ...grounds[organization.name] }), ({ body }) => void heard.push(body));
    const all = heard.join("\n");
    for (const { name, address } of facts.sites) expect([name, all.includes(name), all.includes(address)]).toEqual([name, true, true]);
    expect(all).toContain(facts.formerSite.name);
  }
});

const guest = "sofie.brandt@tidewater.example";

for (const person of demoPeople.filter(({ email }) => email !== guest)) {
  test(`TEN-3, TEN-9: ${person.email} hears nothing of the other organization`, async ({ baseURL }) => {
    const [other, own] = person.organization === "Tidewater Retail"
      ? (["Harbourline Logistics", "Tidewater Retail"] as const)
      : (["Tidewater Retail", "Harbourline Logistics"] as const);
    const browser = await browserOf(baseURL, person.email);
    const traces = [tracesOf(other, [guest])];
    const start = ["/", "/orgs", "/orgs/new", ...questions(grounds[own]).slice(0, 9), `${grounds[own].organization.path}/find?q=a`];
    const visited = await crawl(browser, start, (answer, path) => {
      expectSilence(answer, path, traces);
      if (other === "Harbourline Logistics") expect(answer.body, path).not.toMatch(/harbourline/i);
    });
    expect(visited.length).toBeGreaterThanOrEqual(start.length);
    for (const question of questions(grounds[other])) {
      const answer = await browser.get(question);
      expect([question, answer.status]).toEqual([question, 404]);
      expectSilence(answer, question, traces);
    }
  });
}

const shapes: [what: string, path: (path: string) => string, headers?: Record<string, string>][] = [
  ["itself", (path) => path],
  [".rsc", (path) => `${path}.rsc`],
  ["?_rsc=", (path) => `${path}?_rsc=1abcd`],
  ["RSC: 1", (path) => path, { RSC: "1" }],
  ["a prefetch", (path) => path, { RSC: "1", "Next-Router-Prefetch": "1" }],
  ["a segment prefetch", (path) => path, { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" }],
  ["a segment", (path) => path, { RSC: "1", "Next-Router-Segment-Prefetch": "/orgs/$d$orgId/sites/__PAGE__" }],
  ["a state tree", (path) => path, { RSC: "1", "Next-Router-State-Tree": encodeURIComponent('["",{},null,"refetch"]') }],
  ["a segment file", (path) => `${path}.segments/_tree.segment.rsc`],
  ["x-middleware-subrequest", (path) => path, { "X-Middleware-Subrequest": "proxy:proxy:proxy:proxy:proxy" }],
  ["x-middleware-prefetch", (path) => path, { "X-Middleware-Prefetch": "1", Purpose: "prefetch" }],
  ["x-matched-path", () => "/sign-in", { "X-Matched-Path": "/orgs/[orgId]/sites" }],
  ["x-nextjs-data", (path) => path, { "X-Nextjs-Data": "1" }],
  ["next-resume", (path) => path, { "Next-Resume": "1" }],
  ["a trailing slash", (path) => `${path}/`],
  ["upper case", (path) => path.toUpperCase()],
  ["an encoded letter", (path) => path.replace("orgs", "%6frgs")],
  ["_next/data", (path) => `/_next/data/build${path}.json`],
];

test("WEB-3: what a page's script asks for is a payload, and tells those who may", async () => {
  const { boss, path } = grounds["Tidewater Retail"].organization;
  const { status, body, headers } = await boss.payload(`${path}/sites`);
  expect([status, headers.get("content-type")]).toEqual([200, "text/x-component"]);
  expect(body).toContain("Gdańsk");
});

for (const who of ["somebody signed out", "a stranger"] as const) {
  test(`WEB-3: in no shape of a request does ${who} hear of an organization`, async ({ baseURL }) => {
    const { organization, sites, people } = grounds["Tidewater Retail"];
    const browser = who === "a stranger" ? await browserOf(baseURL, "clara.harbourline@harbourline.example") : newBrowser(baseURL);
    const traces = [tracesOf("Tidewater Retail", [guest])];
    const [site, person] = [sites.get("Gdańsk"), people.get("mara.okafor@tidewater.example")];
    const places = ["", "/sites", `/sites/${site}`, "/sites/new", "/administrators", `/administrators/${person}`, "/administrators/invite", "/audit-log", "/sites/download", "/audit-log/download", "/find?q=a"];
    const nowhere = randomUUID();
    for (const place of places) {
      for (const [what, shape, headers] of shapes) {
        const ask = browser[headers?.RSC ? "payload" : "get"];
        const answer = await ask(shape(organization.path + place), headers);
        const where = `${organization.path}${place} by ${what}`;
        expectSilence(answer, where, traces);
        // A prefetch that is answered knows the names of the app's folders and nothing that was drawn.
        const isClosed = answer.status !== 200 || /NEXT_REDIRECT|sign-in|HTTP_ERROR_FALLBACK;404/.test(answer.body) || !/<main|"main"/.test(answer.body);
        expect(isClosed ? "" : answer.body.slice(0, 300), where).toBe("");
        const other = await ask(shape(`/orgs/${nowhere}${place}`), headers);
        const tells = ({ status, location }: Answer) => [status, location.replaceAll(/_rsc=[^&]*/g, "").replaceAll(organization.id, nowhere)];
        expect(tells(answer), `${where}, as if it did not exist`).toEqual(tells(other));
      }
    }
  });
}
