import { type HttpClient, fillForm, parseForm, newHttpClient, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { demoPassword } from "../db/seed/people.ts";
import { inDatabase } from "./setup/database.ts";
import { openSignedIn, signIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

const siteFields = { country: "DE", timeZone: "Europe/Berlin", streetAddress: "" };
const auditLink = /<a href="([^"]*)">View in audit log<\/a>/;

/** Submits a form and returns the page it redirects to. */
async function submit(client: HttpClient, at: string, button: string, fields: Record<string, string> = {}) {
  const { status, location } = await client.send(fillForm(await client.formOn(at, button), fields));
  expect([at, status, location]).toEqual([at, 303, expect.stringMatching(/notice=[a-z-]+_[\da-f-]{36}(#|$)/)]);
  return { location, body: (await client.get(location)).body };
}

/** The title of the dialog that the link of a flash message opens. */
async function openedEntry(client: HttpClient, body: string) {
  const [, href = ""] = auditLink.exec(body) ?? [];
  const { status, body: log } = await client.get(href);
  return [status, /<dialog[^>]*\sopen\b.*?<h2[^>]*>(.*?)<\/h2>/s.exec(log)?.[1]];
}

test("X-2, X-5: a flash message links to its audit entry, without JavaScript, on pages of the organization and of the account", async ({ baseURL }) => {
  const owner = await newOwner("flash");
  const client = await signedInClient(baseURL, owner.email);
  const sites = `/orgs/${owner.orgId}/sites`;
  const created = await submit(client, `${sites}/new`, "Create Site", { ...siteFields, name: "Mitte" });
  expect(await openedEntry(client, created.body)).toEqual([200, "Added site Mitte"]);
  const [, site = ""] = /\/sites\/([\da-f-]{36})"/.exec(created.body) ?? [];
  const changed = await submit(client, `${sites}/${site}`, "Save", { name: "Wedding" });
  expect(await openedEntry(client, changed.body)).toEqual([200, "Changed name of site Wedding"]);
  const deleted = await submit(client, `${sites}/${site}?dialog=delete`, "Delete Site");
  expect(await openedEntry(client, deleted.body)).toEqual([200, "Deleted site Wedding"]);
  const saved = await submit(client, "/account", "Save", { firstName: "Inés" });
  expect(await openedEntry(client, saved.body)).toEqual([200, "Changed first name of own account"]);
  const requested = await submit(client, "/account?dialog=email", "Send link", { email: `new.${owner.email}` });
  expect(await openedEntry(client, requested.body)).toEqual([200, "Requested change of email address"]);
  const same = await submit(client, "/account", "Save");
  expect([same.body.includes("No changes to save"), auditLink.test(same.body)]).toEqual([true, false]);
});

test("AUD-8: a flash message has no link for roles without the audit log, or from somebody else's URL", async ({ baseURL }) => {
  const [owner, otherOwner] = [await newOwner("flash"), await newOwner("flash")];
  const [client, other] = [await signedInClient(baseURL, owner.email), await signedInClient(baseURL, otherOwner.email)];
  const { location } = await submit(client, "/account", "Save", { firstName: "Inés" });
  const foreignPath = "/account?notice=account-saved_01a20132-803d-7779-a203-a93f398f22de";
  for (const [reader, at] of [[other, location], [other, foreignPath], [client, foreignPath], [client, "/account?notice=account-saved"]] as const) {
    const { body } = await reader.get(at);
    expect([body.includes("Account saved"), auditLink.test(body)]).toEqual([true, false]);
  }
  await inDatabase((sql) => sql`update memberships set role = 'observer' where account_id = ${owner.accountId}`);
  const observed = await submit(client, "/account", "Save", { firstName: "Ines" });
  expect([observed.body.includes("Account saved"), auditLink.test(observed.body)]).toEqual([true, false]);
});

test("X-2, X-10: the link of a flash message is reached by keyboard, and the message stays while it has the focus", async ({ page }) => {
  const owner = await newOwner("flash");
  await page.clock.install();
  await openSignedIn(page, owner.email, "/account");
  await page.getByRole("checkbox", { name: "24-Hour Time" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const link = page.getByRole("link", { name: "View in audit log" });
  await link.focus();
  await page.clock.fastForward(60_000);
  await expect(page.getByText("Account saved")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /^Changed .* of own account/ })).toContainText("What changed");
});

test("PWD-2, ACC-14: a link to a section of My Account leads there after sign-in", async ({ baseURL, page }) => {
  const owner = await newOwner("section");
  const client = newHttpClient(baseURL);
  const requested = "/account?section=authentication";
  const first = await client.get(requested);
  expect([first.status, first.location]).toEqual([307, `/sign-in?next=${encodeURIComponent(requested)}`]);
  const { body } = await client.get(first.location);
  const { location } = await client.send(fillForm(parseForm(body, first.location, "Sign in"), { email: owner.email, password: demoPassword }));
  expect(location).toBe(requested);
  expect((await client.get(location)).location).toBe("/account#authentication");
  expect((await client.get("/account?section=elsewhere")).status).toBe(200);

  await page.goto(requested);
  await signIn(page, owner.email);
  await expect(page).toHaveURL(/\/account#authentication$/);
  await expect(page.getByRole("heading", { name: "Authentication", exact: true })).toBeInViewport();
});
