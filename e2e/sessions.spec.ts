import { expect, test } from "@playwright/test";
import { type HttpClient, fillForm, parseForm, newHttpClient, signedInClient } from "./setup/http-client.ts";
import { ageSessions } from "./setup/time.ts";
import { demoPassword } from "../db/seed/people.ts";
import { tidewaterMembers } from "./setup/demo-members.ts";
import { submitForm, type Organization, demoOrganization } from "./setup/organizations.ts";
import { startSecondWeb } from "./setup/second-web.ts";
import { addMember, joinOrganization } from "./setup/test-data.ts";

let second: Awaited<ReturnType<typeof startSecondWeb>>;

test.beforeAll(async () => {
  second = await startSecondWeb();
});

test.afterAll(() => second.stop());

/** A client of the second process with the same cookies. */
const atSecondProcess = ({ jar }: HttpClient) => newHttpClient(second.address, jar);

async function newMember(baseURL: string | undefined) {
  const organization = await demoOrganization(baseURL, "Tidewater Retail");
  const member = await addMember(organization.id);
  return { organization, client: await signedInClient(baseURL, member.email), ...member };
}

const revoke = (organization: Organization, id: string) =>
  submitForm(organization, `administrators/${id}?dialog=revoke`, "Revoke Access");

test("SES-7: a role change takes effect with the next request, in every process", async ({ baseURL }) => {
  const { organization, client, id } = await newMember(baseURL);
  const sites = `${organization.path}/sites`;
  const secondProcess = atSecondProcess(client);
  expect((await secondProcess.get(sites)).status).toBe(200);
  await submitForm(organization, `administrators/${id}`, "Save", { role: "reporting", scope: "all" });
  expect([(await secondProcess.get(sites)).status, (await client.get(sites)).status]).toEqual([403, 403]);
  await submitForm(organization, `administrators/${id}`, "Save", { role: "super_observer", scope: "all" });
  expect([(await secondProcess.get(sites)).status, (await secondProcess.get(`${organization.path}/audit-log`)).status]).toEqual(
    [200, 200],
  );
  await revoke(organization, id);
});

test("SES-7: revoked access ends with the next request, in every process", async ({ baseURL }) => {
  const { organization, client, id } = await newMember(baseURL);
  const secondProcess = atSecondProcess(client);
  const page = await secondProcess.get("/orgs");
  expect(page.body).toContain(organization.id);
  await revoke(organization, id);
  for (const one of [secondProcess, client]) {
    for (const suffix of ["", "/sites", "/sites/download", "/find?q=a"])
      expect((await one.get(organization.path + suffix)).status).toBe(404);
    expect((await one.get("/orgs")).body).not.toContain(organization.id);
  }
});

test("SES-7: a cookie from before sign-out is refused in every process, and other sessions stay open", async ({ baseURL }) => {
  const { organization, client, id, email } = await newMember(baseURL);
  const sites = `${organization.path}/sites`;
  const other = await signedInClient(baseURL, email);
  const [oldCookie, oldAtSecondProcess] = [newHttpClient(baseURL, client.jar), atSecondProcess(client)];
  expect((await oldAtSecondProcess.get(sites)).status).toBe(200);
  const answer = await client.send(await client.formOn("/orgs", "Sign out"));
  expect([answer.status, answer.location]).toEqual([303, "/sign-in?notice=signed-out"]);
  for (const one of [client, oldCookie, oldAtSecondProcess]) {
    const { status, location } = await one.get(sites);
    expect([status, location]).toEqual([307, expect.stringContaining("/sign-in")]);
    expect((await one.get(`${sites}/download`)).status).toBe(401);
  }
  expect([(await other.get(sites)).status, (await atSecondProcess(other).get(sites)).status]).toEqual([200, 200]);
  await revoke(organization, id);
});

test("SES-8: a session ended by its owner is refused in every process, and the current one stays open", async ({ baseURL }) => {
  const { organization, client, id, email } = await newMember(baseURL);
  const other = await signedInClient(baseURL, email);
  const sites = `${organization.path}/sites`;
  expect((await atSecondProcess(other).get(sites)).status).toBe(200);
  const { body } = await client.get("/account");
  const [, session = ""] = /end-session&amp;session=([\da-f-]{36})/.exec(body) ?? [];
  const ended = await client.send(await client.formOn(`/account?dialog=end-session&session=${session}`, "End session"));
  expect([ended.status, ended.location]).toEqual([303, expect.stringMatching(/^\/account\?notice=session-ended_[\da-f-]{36}#sessions$/)]);
  for (const one of [other, atSecondProcess(other)]) {
    const { status, location } = await one.get(sites);
    expect([status, location]).toEqual([307, expect.stringContaining("/sign-in?next=")]);
  }
  expect([(await client.get(sites)).status, (await atSecondProcess(client).get(sites)).status]).toEqual([200, 200]);
  await revoke(organization, id);
});

test("SES-8: a session ended by a Super User is refused for that organization in every process, not for others", async ({ baseURL }) => {
  const { organization, client, id, accountId, email } = await newMember(baseURL);
  const other = await demoOrganization(baseURL, "Harbourline Logistics");
  const otherMembership = await joinOrganization(other.id, accountId);

  await submitForm(organization, `administrators/${id}?dialog=sessions`, "End Sessions");
  const [sites, otherSites] = [`${organization.path}/sites`, `${other.path}/sites`];
  for (const one of [client, atSecondProcess(client)]) {
    const { status, location } = await one.get(sites);
    expect([status, location]).toEqual([307, `/sign-in?next=${encodeURIComponent(sites)}`]);
    expect((await one.get(location)).status).toBe(200);
    expect((await one.get(`${sites}/download`)).status).toBe(401);
    expect((await one.get(otherSites)).status).toBe(200);
  }
  const form = await client.formOn(`/sign-in?next=${encodeURIComponent(sites)}`, "Sign in");
  const response = await client.send(fillForm(form, { email, password: demoPassword }));
  expect([response.status, response.location]).toEqual([303, sites]);
  expect([(await client.get(sites)).status, (await client.get(otherSites)).status]).toEqual([200, 200]);
  await revoke(organization, id);
  await revoke(other, otherMembership);
});

test("SES-5: prefetches, background requests and assets do not extend a session; a page does", async ({ baseURL }) => {
  const { organization, client, id, email } = await newMember(baseURL);
  const sites = `${organization.path}/sites`;
  await ageSessions(email, { last_seen_at: 50 });
  expect((await client.get(sites)).status).toBe(200);
  await ageSessions(email, { last_seen_at: 50 });
  const [asset = ""] = /\/_next\/static\/[^"]+\.js/.exec((await client.get(sites, { "Sec-Purpose": "prefetch" })).body) ?? [];
  for (let times = 0; times < 20; times += 1) {
    expect((await client.payload(sites, { "Next-Router-Prefetch": "1" })).status).toBe(200);
    expect((await client.get(`${organization.path}/find?q=a`, { "X-Background": "1" })).status).toBe(200);
    expect((await client.get(asset)).status).toBe(200);
  }
  await ageSessions(email, { last_seen_at: 11 });
  const { status, location } = await client.get(sites);
  expect([status, location]).toEqual([307, expect.stringContaining("/sign-in?next=")]);
  await revoke(organization, id);
});

test("SES-9: every cookie is HttpOnly, SameSite and Secure", async ({ baseURL }) => {
  const client = await signedInClient(baseURL, tidewaterMembers.reporting);
  const { location } = await client.get("/");
  const page = await client.get(location || "/orgs");
  const [, path = ""] = /^([^?]*)/.exec(location) ?? [];
  const { body } = page.status === 200 ? page : await client.get(page.location);
  await client.send(fillForm(parseForm(body, path, "Dark"), { theme: "dark" }));
  const wrong = newHttpClient(baseURL);
  const refused = await wrong.send(
    fillForm(await wrong.formOn("/sign-in", "Sign in"), { email: "nobody@example.test", password: "not the right one" }),
  );
  expect([refused.status, [...wrong.jar]]).toEqual([200, []]);
  await client.send(await client.formOn("/orgs", "Sign out"));
  // The client checked the attributes of each cookie when it was set.
  expect(new Set(client.cookieNames)).toEqual(
    new Set(["session", "known", "theme"].map((name) => `__Host-signalbox.${name}`)),
  );
  expect([...client.jar.keys()].sort()).toEqual(["__Host-signalbox.known", "__Host-signalbox.theme"]);
});
