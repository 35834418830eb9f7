import { expect, test } from "@playwright/test";
import { type Browser, filled, formIn, newBrowser, signedInAs } from "./browser.ts";
import { sessionsAged } from "./setup/clocks.ts";
import { demoPassword } from "../db/seed/people.ts";
import { done, type Organization, organizationCalled } from "./setup/cast.ts";
import { startSecondWeb } from "./setup/second-web.ts";
import { addMember, joinOrganization } from "./setup/test-data.ts";

let second: Awaited<ReturnType<typeof startSecondWeb>>;

test.beforeAll(async () => {
  second = await startSecondWeb();
});

test.afterAll(() => second.stop());

/** The same person at the other process, with the cookies as they are now. */
const there = ({ jar }: Browser) => newBrowser(second.address, jar);

async function joined(baseURL: string | undefined) {
  const organization = await organizationCalled(baseURL, "Tidewater Retail");
  const member = await addMember(organization.id);
  return { organization, browser: await signedInAs(baseURL, member.email), ...member };
}

const revoke = (organization: Organization, id: string) =>
  done(organization, `administrators/${id}?dialog=revoke`, "Revoke Access");

test("SES-7: a changed role counts from the next request on, in every process", async ({ baseURL }) => {
  const { organization, browser, id } = await joined(baseURL);
  const sites = `${organization.path}/sites`;
  const elsewhere = there(browser);
  expect((await elsewhere.get(sites)).status).toBe(200);
  await done(organization, `administrators/${id}`, "Save", { role: "reporting", scope: "all" });
  expect([(await elsewhere.get(sites)).status, (await browser.get(sites)).status]).toEqual([403, 403]);
  await done(organization, `administrators/${id}`, "Save", { role: "super_observer", scope: "all" });
  expect([(await elsewhere.get(sites)).status, (await elsewhere.get(`${organization.path}/audit-log`)).status]).toEqual(
    [200, 200],
  );
  await revoke(organization, id);
});

test("SES-7: access that was revoked is gone with the next request, in every process", async ({ baseURL }) => {
  const { organization, browser, id } = await joined(baseURL);
  const elsewhere = there(browser);
  const page = await elsewhere.get("/orgs");
  expect(page.body).toContain(organization.id);
  await revoke(organization, id);
  for (const one of [elsewhere, browser]) {
    for (const place of ["", "/sites", "/sites/download", "/find?q=a"])
      expect((await one.get(organization.path + place)).status).toBe(404);
    expect((await one.get("/orgs")).body).not.toContain(organization.id);
  }
});

test("SES-7: a cookie kept from before signing out opens nothing, in any process, and other browsers stay signed in", async ({ baseURL }) => {
  const { organization, browser, id, email } = await joined(baseURL);
  const sites = `${organization.path}/sites`;
  const other = await signedInAs(baseURL, email);
  const [kept, keptThere] = [newBrowser(baseURL, browser.jar), there(browser)];
  expect((await keptThere.get(sites)).status).toBe(200);
  const answer = await browser.send(await browser.formOn("/orgs", "Sign out"));
  expect([answer.status, answer.location]).toEqual([303, "/sign-in?notice=signed-out"]);
  for (const one of [browser, kept, keptThere]) {
    const { status, location } = await one.get(sites);
    expect([status, location]).toEqual([307, expect.stringContaining("/sign-in")]);
    expect((await one.get(`${sites}/download`)).status).toBe(401);
  }
  expect([(await other.get(sites)).status, (await there(other).get(sites)).status]).toEqual([200, 200]);
  await revoke(organization, id);
});

test("SES-8: ended by its owner, a session is over in every process, and the one it was ended from goes on", async ({ baseURL }) => {
  const { organization, browser, id, email } = await joined(baseURL);
  const other = await signedInAs(baseURL, email);
  const sites = `${organization.path}/sites`;
  expect((await there(other).get(sites)).status).toBe(200);
  const { body } = await browser.get("/account");
  const [, session = ""] = /end-session&amp;session=([\da-f-]{36})/.exec(body) ?? [];
  const ended = await browser.send(await browser.formOn(`/account?dialog=end-session&session=${session}`, "End session"));
  expect([ended.status, ended.location]).toEqual([303, expect.stringMatching(/^\/account\?notice=session-ended_[\da-f-]{36}#sessions$/)]);
  for (const one of [other, there(other)]) {
    const { status, location } = await one.get(sites);
    expect([status, location]).toEqual([307, expect.stringContaining("/sign-in?next=")]);
  }
  expect([(await browser.get(sites)).status, (await there(browser).get(sites)).status]).toEqual([200, 200]);
  await revoke(organization, id);
});

test("SES-8: ended by a Super User, a session enters that organization no more, in any process, and others as before", async ({ baseURL }) => {
  const { organization, browser, id, accountId, email } = await joined(baseURL);
  const other = await organizationCalled(baseURL, "Harbourline Logistics");
  const abroadId = await joinOrganization(other.id, accountId);

  await done(organization, `administrators/${id}?dialog=sessions`, "End Sessions");
  const [sites, abroad] = [`${organization.path}/sites`, `${other.path}/sites`];
  for (const one of [browser, there(browser)]) {
    const { status, location } = await one.get(sites);
    expect([status, location]).toEqual([307, `/sign-in?next=${encodeURIComponent(sites)}`]);
    expect((await one.get(location)).status).toBe(200);
    expect((await one.get(`${sites}/download`)).status).toBe(401);
    expect((await one.get(abroad)).status).toBe(200);
  }
  const again = await browser.formOn(`/sign-in?next=${encodeURIComponent(sites)}`, "Sign in");
  const entered = await browser.send(filled(again, { email, password: demoPassword }));
  expect([entered.status, entered.location]).toEqual([303, sites]);
  expect([(await browser.get(sites)).status, (await browser.get(abroad)).status]).toEqual([200, 200]);
  await revoke(organization, id);
  await revoke(other, abroadId);
});

test("SES-5: prefetches, polls and assets keep no session from idling out, and a page does", async ({ baseURL }) => {
  const { organization, browser, id, email } = await joined(baseURL);
  const sites = `${organization.path}/sites`;
  await sessionsAged(email, { last_seen_at: 50 });
  expect((await browser.get(sites)).status).toBe(200);
  await sessionsAged(email, { last_seen_at: 50 });
  const [asset = ""] = /\/_next\/static\/[^"]+\.js/.exec((await browser.get(sites, { "Sec-Purpose": "prefetch" })).body) ?? [];
  for (let times = 0; times < 20; times += 1) {
    expect((await browser.payload(sites, { "Next-Router-Prefetch": "1" })).status).toBe(200);
    expect((await browser.get(`${organization.path}/find?q=a`, { "X-Background": "1" })).status).toBe(200);
    expect((await browser.get(asset)).status).toBe(200);
  }
  await sessionsAged(email, { last_seen_at: 11 });
  const { status, location } = await browser.get(sites);
  expect([status, location]).toEqual([307, expect.stringContaining("/sign-in?next=")]);
  await revoke(organization, id);
});

test("SES-9: every cookie ever set is kept from scripts, other sites and plain connections", async ({ baseURL }) => {
  const browser = await signedInAs(baseURL, "aiko.tanaka@tidewater.example");
  const { location } = await browser.get("/");
  const page = await browser.get(location || "/orgs");
  const [, path = ""] = /^([^?]*)/.exec(location) ?? [];
  const { body } = page.status === 200 ? page : await browser.get(page.location);
  await browser.send(filled(formIn(body, path, "Dark"), { theme: "dark" }));
  const wrong = newBrowser(baseURL);
  const refused = await wrong.send(
    filled(await wrong.formOn("/sign-in", "Sign in"), { email: "nobody@example.test", password: "not the right one" }),
  );
  expect([refused.status, [...wrong.jar]]).toEqual([200, []]);
  await browser.send(await browser.formOn("/orgs", "Sign out"));
  // Each was judged by its flags as it came.
  expect(new Set(browser.given)).toEqual(
    new Set(["session", "known", "theme"].map((name) => `__Host-signalbox.${name}`)),
  );
  expect([...browser.jar.keys()].sort()).toEqual(["__Host-signalbox.known", "__Host-signalbox.theme"]);
});
