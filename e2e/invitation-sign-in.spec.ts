import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { demoPassword } from "../db/seed/people.ts";
import { inDatabase } from "./setup/database.ts";
import { fillForm, newHttpClient } from "./setup/http-client.ts";
import { expectEmail, linkInEmail } from "./setup/mail.ts";
import { newOrganization, submitInvitation } from "./setup/organizations.ts";
import { openSignedIn, signIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";
import { uniqueEmail } from "./setup/unique.ts";

/** The tables with a row that contains the text; the mailbox of a trial keeps the emails themselves. */
const tablesWith = (text: string): Promise<string[]> =>
  inDatabase(async (sql) => {
    const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'captured_emails'`;
    const found = tables.map(async ({ name }) => ((await sql`select 1 from ${sql(name)} t where t::text like ${`%${text}%`} limit 1`).length > 0 ? [name] : []));
    return (await Promise.all(found)).flat();
  });

/** Invites a person to a new organization; returns its owner and the path of the link in the email. */
async function newInvitation(baseURL: string | undefined, request: APIRequestContext, email: string) {
  const organization = await newOrganization(baseURL, "host");
  await submitInvitation(organization, email);
  return { owner: organization.owner, path: new URL(await linkInEmail(request, email, /^Invitation to/)).pathname };
}

test("LNK-1, LNK-6: signing in on the way to an invitation stores its secret in no table and leads back to it", async ({ baseURL, request }) => {
  const guest = await newOwner("guest");
  await inDatabase((sql) => sql`update accounts set two_factor_enabled_at = now() where id = ${guest.accountId}`);
  const { path } = await newInvitation(baseURL, request, guest.email);
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

test("ADM-3: an invitation is declined by a plain form, and the page of its link says that it is closed", async ({ baseURL, request }) => {
  const { owner, path } = await newInvitation(baseURL, request, uniqueEmail("guest"));
  const browser = newHttpClient(baseURL);
  const form = await browser.formOn(path, "Decline");
  const declined = await browser.send(fillForm(form, { answer: "decline" }));
  expect([declined.status, declined.location]).toEqual([303, "/invite/declined"]);
  expect((await browser.get(declined.location)).body).toContain("notify the person who invited you");
  expect((await browser.get(path)).body).toContain("declined");
  await expectEmail(owner.email, /declined the invitation/);
});

test("ADM-3, LNK-6: the page of an invitation says who is signed in, and switching leads to sign-in and back", async ({ page, baseURL, request }) => {
  const guest = await newOwner("guest");
  const { owner, path } = await newInvitation(baseURL, request, guest.email);
  await openSignedIn(page, owner.email, path);
  await expect(page.getByText(`You are signed in as ${owner.email}`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Decline" })).toHaveCount(0);
  await page.getByRole("button", { name: "Switch account" }).click();
  await expect(page.getByLabel("Email")).toHaveValue(guest.email);
  await signIn(page, guest.email);
  await expect(page.getByText(`You are signed in as ${guest.email}`)).toBeVisible();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText("You are now an administrator of this organization")).toBeVisible();
});
