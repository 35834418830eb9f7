import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { demoPeople, type DemoPerson } from "../db/seed/people.ts";
import { type HttpResponse, newHttpClient } from "./setup/http-client.ts";
import {
  allTime,
  canariesFor,
  crawl,
  expectNoCanaries,
  loadDemoOrganizations,
  demoOrganizations,
  leakPaths,
  visibleSites,
  organizationCanary,
} from "./setup/canaries.ts";
import { clientOf, uuid } from "./setup/organizations.ts";
import { harbourlineMembers, tidewaterMembers } from "./setup/demo-members.ts";
import { commonVariants, type RequestVariant } from "./setup/request-variants.ts";
import { daysAgo } from "./setup/time.ts";

test.beforeAll(({ baseURL }) => loadDemoOrganizations(baseURL));

const isScoped = ({ scope }: DemoPerson) => scope !== "all";

for (const person of demoPeople.filter(isScoped)) {
  test(`TEN-6, TEN-9, ADM-7: ${person.role} ${person.email} gets no data of other sites`, async ({ baseURL }) => {
    const loaded = demoOrganizations[person.organization];
    const client = await clientOf(baseURL, person.email);
    const canaries = canariesFor(person);
    // A requested id is repeated in links of the response.
    const paths = leakPaths(loaded).filter((path) => !path.includes("sites="));
    const bodies: string[] = [];
    await crawl(client, paths, (answer, path) => {
      expectNoCanaries(answer, path, canaries);
      bodies.push(answer.body);
    });
    const all = bodies.join("\n");
    for (const { name } of visibleSites(person)) expect(all, "their own sites are in the responses").toContain(name);
    for (const { words } of canaries) {
      const id = words.find((word) => uuid.test(word));
      if (!id) continue;
      const page = await client.get(`${loaded.organization.path}/sites/${id}`);
      expect([403, 404]).toContain(page.status);
      expectNoCanaries(page, `the page of ${id}`, canaries);
      const log = await client.get(
        `${loaded.organization.path}/audit-log/download?format=ndjson&${allTime()}&sites=${id}`,
      );
      expect([log.status, log.status === 200 ? log.body : ""]).toEqual([expect.any(Number), ""]);
    }
  });
}

test("TEN-9: the canaries are found where they are allowed", async () => {
  for (const { organization, seed } of Object.values(demoOrganizations)) {
    const bodies: string[] = [];
    await crawl(organization.superUser, leakPaths({ ...demoOrganizations[organization.name] }), ({ body }) => void bodies.push(body));
    const all = bodies.join("\n");
    for (const { name, streetAddress } of seed.sites)
      expect([name, all.includes(name), all.includes(streetAddress)]).toEqual([name, true, true]);
    expect(all).toContain(seed.formerSite.name);
  }
});

for (const person of demoPeople.filter(({ role }) => ["super_user", "network_admin"].includes(role))) {
  test(`TEN-6: the histogram of the audit log counts for ${person.email} only entries they may read`, async ({
    baseURL,
  }) => {
    const { path } = demoOrganizations[person.organization].organization;
    const client = await clientOf(baseURL, person.email);
    const search = `period=range&from=${daysAgo(20)}&to=${daysAgo(2)}`;
    const { body } = await client.get(`${path}/audit-log?${search}`);
    const bars = [...body.matchAll(/aria-label="[^"]*: ([\d,]+) entr(?:y|ies)"/g)].map(([, count = ""]) =>
      Number(count.replace(",", "")),
    );
    const entries = (await client.get(`${path}/audit-log/download?format=ndjson&${search}`)).body
      .split("\n")
      .filter(Boolean);
    expect(entries.length).toBeGreaterThan(0);
    expect(bars.reduce((sum, count) => sum + count, 0)).toBe(entries.length);
  });
}

const multiOrgMember = "sofie.brandt@tidewater.example";

for (const person of demoPeople.filter(({ email }) => email !== multiOrgMember)) {
  test(`TEN-3, TEN-9: ${person.email} gets no data of the other organization`, async ({ baseURL }) => {
    const [otherName, ownName] =
      person.organization === "Tidewater Retail"
        ? (["Harbourline Logistics", "Tidewater Retail"] as const)
        : (["Tidewater Retail", "Harbourline Logistics"] as const);
    const client = await clientOf(baseURL, person.email);
    const canaries = [organizationCanary(otherName, [multiOrgMember])];
    const start = [
      "/",
      "/orgs",
      "/orgs/new",
      ...leakPaths(demoOrganizations[ownName]).slice(0, 9),
      `${demoOrganizations[ownName].organization.path}/find?q=a`,
    ];
    const visited = await crawl(client, start, (answer, path) => expectNoCanaries(answer, path, canaries));
    expect(visited.length).toBeGreaterThanOrEqual(start.length);
    for (const path of leakPaths(demoOrganizations[otherName])) {
      const answer = await client.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expectNoCanaries(answer, path, canaries);
    }
  });
}

const variants: readonly RequestVariant[] = [
  ...commonVariants,
  ["a segment", (path) => path, { RSC: "1", "Next-Router-Segment-Prefetch": "/orgs/$d$orgId/sites/__PAGE__" }],
  [
    "a state tree",
    (path) => path,
    { RSC: "1", "Next-Router-State-Tree": encodeURIComponent('["",{},null,"refetch"]') },
  ],
  ["x-middleware-prefetch", (path) => path, { "X-Middleware-Prefetch": "1", Purpose: "prefetch" }],
  ["x-matched-path", () => "/sign-in", { "X-Matched-Path": "/orgs/[orgId]/sites" }],
  ["x-nextjs-data", (path) => path, { "X-Nextjs-Data": "1" }],
  ["next-resume", (path) => path, { "Next-Resume": "1" }],
  ["an encoded letter", (path) => path.replace("orgs", "%6frgs")],
];

test("WEB-3: an RSC request of an authorized user is answered with the payload", async () => {
  const { superUser, path } = demoOrganizations["Tidewater Retail"].organization;
  const { status, body, headers } = await superUser.payload(`${path}/sites`);
  expect([status, headers.get("content-type")]).toEqual([200, "text/x-component"]);
  expect(body).toContain("Gdańsk");
});

for (const visitor of ["a signed-out visitor", "a non-member"] as const) {
  test(`WEB-3: no variant of a request gives ${visitor} data of an organization`, async ({ baseURL }) => {
    const { organization, sites, people } = demoOrganizations["Tidewater Retail"];
    const client =
      visitor === "a non-member" ? await clientOf(baseURL, harbourlineMembers.observer) : newHttpClient(baseURL);
    const canaries = [organizationCanary("Tidewater Retail", [multiOrgMember])];
    const [site, person] = [sites.get("Gdańsk"), people.get(tidewaterMembers.superUser)];
    const suffixes = [
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
    const unknownOrgId = randomUUID();
    for (const suffix of suffixes) {
      for (const [what, variant, headers] of variants) {
        const request = client[headers?.RSC ? "payload" : "get"];
        const answer = await request(variant(organization.path + suffix), headers);
        const label = `${organization.path}${suffix} by ${what}`;
        expectNoCanaries(answer, label, canaries);
        // A prefetch contains the names of route segments and no rendered content.
        const isClosed =
          answer.status !== 200 ||
          /NEXT_REDIRECT|sign-in|HTTP_ERROR_FALLBACK;404|There is nothing at this address/.test(answer.body) ||
          !/<main|"main"/.test(answer.body);
        expect(isClosed ? "" : answer.body.slice(0, 300), label).toBe("");
        const unknown = await request(variant(`/orgs/${unknownOrgId}${suffix}`), headers);
        const comparable = ({ status, location }: HttpResponse) => [
          status,
          location.replaceAll(/_rsc=[^&]*/g, "").replaceAll(organization.id, unknownOrgId),
        ];
        expect(comparable(answer), `${label}, as if it did not exist`).toEqual(comparable(unknown));
      }
    }
  });
}
