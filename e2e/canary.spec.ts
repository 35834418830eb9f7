import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { demoPeople, type DemoPerson } from "../db/seed/people.ts";
import { type Answer, newBrowser } from "./browser.ts";
import {
  allTime,
  canariesFor,
  crawl,
  expectSilence,
  explore,
  grounds,
  questions,
  sitesOf,
  tracesOf,
  uuid,
} from "./setup/canaries.ts";
import { browserOf } from "./setup/cast.ts";
import { daysAgo } from "./setup/clocks.ts";

test.beforeAll(({ baseURL }) => explore(baseURL));

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
      const log = await browser.get(
        `${ground.organization.path}/audit-log/download?format=ndjson&${allTime()}&sites=${id}`,
      );
      expect([log.status, log.status === 200 ? log.body : ""]).toEqual([expect.any(Number), ""]);
    }
  });
}

test("TEN-9: the canaries are in what those hear who may", async () => {
  for (const { organization, facts } of Object.values(grounds)) {
    const heard: string[] = [];
    await crawl(organization.boss, questions({ ...grounds[organization.name] }), ({ body }) => void heard.push(body));
    const all = heard.join("\n");
    for (const { name, streetAddress } of facts.sites)
      expect([name, all.includes(name), all.includes(streetAddress)]).toEqual([name, true, true]);
    expect(all).toContain(facts.formerSite.name);
  }
});

for (const person of demoPeople.filter(({ role }) => ["super_user", "network_admin"].includes(role))) {
  test(`TEN-6: the bars of the audit log count for ${person.email} what they may read, and no more`, async ({
    baseURL,
  }) => {
    const { path } = grounds[person.organization].organization;
    const browser = await browserOf(baseURL, person.email);
    const search = `period=range&from=${daysAgo(20)}&to=${daysAgo(2)}`;
    const { body } = await browser.get(`${path}/audit-log?${search}`);
    const bars = [...body.matchAll(/aria-label="[^"]*: ([\d,]+) entr(?:y|ies)"/g)].map(([, count = ""]) =>
      Number(count.replace(",", "")),
    );
    const entries = (await browser.get(`${path}/audit-log/download?format=ndjson&${search}`)).body
      .split("\n")
      .filter(Boolean);
    expect(entries.length).toBeGreaterThan(0);
    expect(bars.reduce((sum, count) => sum + count, 0)).toBe(entries.length);
  });
}

const guest = "sofie.brandt@tidewater.example";

for (const person of demoPeople.filter(({ email }) => email !== guest)) {
  test(`TEN-3, TEN-9: ${person.email} hears nothing of the other organization`, async ({ baseURL }) => {
    const [other, own] =
      person.organization === "Tidewater Retail"
        ? (["Harbourline Logistics", "Tidewater Retail"] as const)
        : (["Tidewater Retail", "Harbourline Logistics"] as const);
    const browser = await browserOf(baseURL, person.email);
    const traces = [tracesOf(other, [guest])];
    const start = [
      "/",
      "/orgs",
      "/orgs/new",
      ...questions(grounds[own]).slice(0, 9),
      `${grounds[own].organization.path}/find?q=a`,
    ];
    const visited = await crawl(browser, start, (answer, path) => expectSilence(answer, path, traces));
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
  [
    "a segment prefetch",
    (path) => path,
    { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
  ],
  ["a segment", (path) => path, { RSC: "1", "Next-Router-Segment-Prefetch": "/orgs/$d$orgId/sites/__PAGE__" }],
  [
    "a state tree",
    (path) => path,
    { RSC: "1", "Next-Router-State-Tree": encodeURIComponent('["",{},null,"refetch"]') },
  ],
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
    const browser =
      who === "a stranger" ? await browserOf(baseURL, "clara.harbourline@harbourline.example") : newBrowser(baseURL);
    const traces = [tracesOf("Tidewater Retail", [guest])];
    const [site, person] = [sites.get("Gdańsk"), people.get("mara.okafor@tidewater.example")];
    const places = [
      "",
      "/sites",
      `/sites/${site}`,
      "/sites/new",
      "/administrators",
      `/administrators/${person}`,
      "/administrators/invite",
      "/audit-log",
      "/sites/download",
      "/audit-log/download",
      "/find?q=a",
    ];
    const nowhere = randomUUID();
    for (const place of places) {
      for (const [what, shape, headers] of shapes) {
        const ask = browser[headers?.RSC ? "payload" : "get"];
        const answer = await ask(shape(organization.path + place), headers);
        const where = `${organization.path}${place} by ${what}`;
        expectSilence(answer, where, traces);
        // A prefetch that is answered knows the names of the app's folders and nothing that was drawn.
        const isClosed =
          answer.status !== 200 ||
          /NEXT_REDIRECT|sign-in|HTTP_ERROR_FALLBACK;404|There is nothing at this address/.test(answer.body) ||
          !/<main|"main"/.test(answer.body);
        expect(isClosed ? "" : answer.body.slice(0, 300), where).toBe("");
        const other = await ask(shape(`/orgs/${nowhere}${place}`), headers);
        const tells = ({ status, location }: Answer) => [
          status,
          location.replaceAll(/_rsc=[^&]*/g, "").replaceAll(organization.id, nowhere),
        ];
        expect(tells(answer), `${where}, as if it did not exist`).toEqual(tells(other));
      }
    }
  });
}
