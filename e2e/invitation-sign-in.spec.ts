import { expect, test } from "./fixtures.ts";
import { demoPassword } from "../db/seed/people.ts";
import { inDatabase } from "./setup/database.ts";
import { fillForm, newHttpClient, signedInClient } from "./setup/http-client.ts";
import { linkInEmail } from "./setup/mail.ts";
import { newOwner } from "./setup/test-data.ts";

/** The tables with a row that contains the text; the mailbox of a trial keeps the emails themselves. */
const tablesWith = (text: string): Promise<string[]> =>
  inDatabase(async (sql) => {
    const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'captured_emails'`;
    const found = tables.map(async ({ name }) => ((await sql`select 1 from ${sql(name)} t where t::text like ${`%${text}%`} limit 1`).length > 0 ? [name] : []));
    return (await Promise.all(found)).flat();
  });

test("LNK-1, LNK-6: signing in on the way to an invitation stores its secret in no table and leads back to it", async ({ baseURL, request }) => {
  const [owner, guest] = [await newOwner("host"), await newOwner("guest")];
  await inDatabase((sql) => sql`update accounts set two_factor_enabled_at = now() where id = ${guest.accountId}`);
  const host = await signedInClient(baseURL, owner.email);
  const invite = await host.formOn(`/orgs/${owner.orgId}/administrators/invite`, "Invite");
  await host.send(fillForm(invite, { email: guest.email, firstName: "Gert", lastName: "Ridder", role: "observer", scope: "all" }));
  const path = new URL(await linkInEmail(request, guest.email, /^Invitation to/)).pathname;
  const secret = path.split("/").at(-1) ?? "";
  expect(secret.length).toBeGreaterThan(20);

  const browser = newHttpClient(baseURL);
  const signInPage = await browser.send(await browser.formOn(path, "Accept"));
  expect(signInPage.location).toMatch(/^\/sign-in\?/);
  const google = await browser.send(await browser.formOn(signInPage.location, "Sign in with Google"));
  expect(google.status).toBe(303);
  const codePage = await browser.send(fillForm(await browser.formOn(signInPage.location, "Sign in"), { password: demoPassword }));
  expect(codePage.location).toMatch(/^\/sign-in\/code\?/);
  expect((await browser.formOn(codePage.location, "Sign in")).pairs).toContainEqual(["next", path]);
  expect(await tablesWith(guest.email)).toContain("accounts");
  expect(await tablesWith(secret)).toEqual([]);
});

test("SSO-8, WEB-5: a long address leads to sign-in with short headers, and a foreign organization id is dropped", async ({ baseURL }) => {
  const visitor = newHttpClient(baseURL);
  const longSearch = `/orgs?search=${"%C3%A9".repeat(1_300)}`;
  const refused = await visitor.get(longSearch);
  expect([refused.status, refused.location]).toEqual([307, `/sign-in?next=${encodeURIComponent("/orgs")}`]);
  const form = fillForm(await visitor.formOn("/sign-in", "Sign in with Google"), { next: longSearch, org: "x".repeat(9_000) });
  const google = await visitor.send(form);
  expect(google.status).toBe(303);
  expect([...google.headers].join("\n").length).toBeLessThan(4_096);
});
