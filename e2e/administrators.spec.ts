import type { BrowserContextOptions, Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { tidewaterMembers } from "./setup/demo-members.ts";
import { clientOf, demoOrganization } from "./setup/organizations.ts";
import { linkInEmail } from "./setup/mail.ts";
import { copyCookies } from "./setup/pages.ts";
import { newPassword } from "./setup/sign-up.ts";
import { addMember } from "./setup/test-data.ts";
import { uniqueEmail } from "./setup/unique.ts";

const organization = "Tidewater Retail";
const { superUser, networkAdmin, observer } = tidewaterMembers;

/** Signs in a member of Tidewater Retail; returns the id of the organization. */
async function signInAs(page: Page, email: string) {
  const { baseURL } = test.info().project.use;
  await copyCookies(page, await clientOf(baseURL, email));
  return (await demoOrganization(baseURL, organization)).id;
}

async function invite(page: Page, orgId: string, email: string, site = "Gdańsk") {
  await page.goto(`/orgs/${orgId}/administrators`);
  await page.getByRole("link", { name: "Invite Administrator" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("First Name").fill("Nora");
  await page.getByLabel("Last Name").fill("Falk");
  await page.getByRole("radio", { name: /^Observer/ }).check();
  await page.getByRole("radio", { name: "Specific Sites" }).check();
  await page.getByRole("checkbox", { name: site }).check();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("Invitation sent")).toBeVisible();
}

const rowOf = (page: Page, email: string) => page.getByRole("row", { name: new RegExp(email) });

async function createLogin(page: Page, email: string) {
  await page.goto(await linkInEmail(page.request, email, /Invitation to/));
  await page.reload();
  await expect(page.getByRole("heading", { name: `Invitation to ${organization}` })).toBeVisible();
  await expect(page.getByText("Mara Okafor invites you")).toBeVisible();
  const link = page.url();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("heading", { name: "Create your login" })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This invitation was accepted" })).toBeVisible();
  await page.goto(await linkInEmail(page.request, email, /Create your login/));
  await expect(page.getByLabel("First Name")).toHaveValue("Nora");
  await page.getByRole("textbox", { name: "Password" }).fill(newPassword);
  await page.getByLabel(/I accept the terms/).check();
  await page.getByRole("button", { name: "Create Login" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
}

/** An invitation from the button to the revocation. */
async function journey(page: Page, newContextPage: (options?: BrowserContextOptions) => Promise<Page>) {
  const email = uniqueEmail("invited");
  const orgId = await signInAs(page, superUser);
  await invite(page, orgId, email);
  await page.goto(`/orgs/${orgId}/administrators?search=${email}`);
  await expect(rowOf(page, email)).toContainText("Invited");
  await expect(rowOf(page, email)).toContainText("Gdańsk");

  const invited = await newContextPage();
  await createLogin(invited, email);
  await invited.goto(`/orgs/${orgId}/sites`);
  await expect(invited.getByRole("link", { name: "Gdańsk" })).toBeVisible();
  await expect(invited.getByRole("table").getByRole("link")).toHaveCount(await invited.getByRole("columnheader").getByRole("link").count() + 1);
  expect(await invited.content()).not.toContain("Utrecht");
  const refused = await invited.goto(`/orgs/${orgId}/administrators`);
  expect(refused?.status()).toBe(403);
  await expect(invited.getByText("Your role doesn’t include this page")).toBeVisible();

  await page.reload();
  await expect(rowOf(page, email)).toContainText("Active");
  await page.getByRole("link", { name: "Nora Falk" }).click();
  await page.getByRole("radio", { name: /^Helpdesk/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Administrator saved")).toBeVisible();
  await page.getByRole("link", { name: "Revoke Access" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke Access" }).click();
  await expect(page.getByText("Access revoked")).toBeVisible();
  expect((await invited.goto(`/orgs/${orgId}/sites`))?.status()).toBe(404);
}

test("ADM-2, ADM-3, ADM-5, ADM-7: an administrator is invited, accepts, sees one site, is edited and revoked", async ({ page, newContextPage }) => {
  await journey(page, newContextPage);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5: an administrator is invited, accepts, sees one site, is edited and revoked, by plain forms", async ({ page, newContextPage }) => {
    await journey(page, newContextPage);
  });

  test("ADM-2: a refused form keeps what was chosen", async ({ page }) => {
    const orgId = await signInAs(page, superUser);
    await page.goto(`/orgs/${orgId}/administrators/invite`);
    await page.getByLabel("First Name").fill("Nora");
    await page.getByRole("radio", { name: /^Super User/ }).check();
    await page.getByRole("radio", { name: "Specific Sites" }).check();
    await page.getByRole("checkbox", { name: "Gdańsk" }).check();
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await expect(page.getByLabel("First Name")).toHaveValue("Nora");
    await expect(page.getByText("Enter one email address").or(page.getByText("Enter an email address"))).toBeVisible();
    await expect(page.getByText("All Sites. Super User always has all sites.")).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "Super User, all sites" })).toBeVisible();
  });
});

test("ADM-2: site access must be chosen, and the chosen role and access are summed up beside the button", async ({ page }) => {
  const orgId = await signInAs(page, superUser);
  await page.goto(`/orgs/${orgId}/administrators/invite`);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  const summary = page.locator("header").getByRole("status");
  await page.getByLabel("Email").fill(uniqueEmail("invited"));
  await page.getByRole("radio", { name: /^Network Admin/ }).check();
  await expect(summary).toHaveText("Network Admin, no site access yet");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("Choose the site access")).toBeVisible();
  await page.getByRole("radio", { name: "Specific Sites" }).check();
  await page.getByRole("checkbox", { name: "Gdańsk" }).check();
  await page.getByRole("checkbox", { name: "Utrecht" }).check();
  await expect(summary).toHaveText("Network Admin, 2 sites");

  const [roles] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: "What each role can do" }).click()]);
  await expect(roles.getByRole("row", { name: /^Invite administrators/ }).getByRole("cell")).toHaveText(["Yes", ...Array.from({ length: 10 }, () => "–No")]);
  await expectAccessibleInBothThemes(roles);
  await expectFitsPhone(roles);
  await expect(page.getByRole("checkbox", { name: "Gdańsk" })).toBeChecked();
});

test("ADM-2: a role that always has all sites hides the choice of sites, and another role shows it again", async ({ page }) => {
  const orgId = await signInAs(page, superUser);
  await page.goto(`/orgs/${orgId}/administrators/invite`);
  for (const role of [/^Super User/, /^Mist Edge Admin/, /^Super Observer/]) {
    await page.getByRole("radio", { name: role }).check();
    await expect(page.getByRole("radio", { name: "Specific Sites" })).toBeHidden();
    await expect(page.getByText(/always has all sites/)).toBeVisible();
  }
  await page.getByRole("radio", { name: /^Network Admin/ }).check();
  await expect(page.getByRole("radio", { name: "Specific Sites" })).toBeVisible();
});

test("ADM-1: search, role filter, sorting and CSV", async ({ page }) => {
  const orgId = await signInAs(page, superUser);
  await page.goto(`/orgs/${orgId}/administrators`);
  await expect(page.getByRole("row", { name: /Priya Raman/ })).toContainText("Groups: DACH");
  await page.getByRole("searchbox", { name: "Search administrators" }).fill("tomasz");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.goto(`/orgs/${orgId}/administrators?role=helpdesk&sort=-name`);
  await expect(page.getByRole("row", { name: /Nils Haverkamp/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Mara Okafor/ })).toHaveCount(0);
  const file = await page.request.get(await page.getByRole("link", { name: "CSV" }).getAttribute("href") ?? "");
  const text = await file.text();
  expect(text.startsWith("\uFEFFName,Email")).toBe(true);
  expect(text).toContain("Nils Haverkamp");
  expect(text).not.toContain("Mara Okafor");
});

test("ADM-6: a Network Admin can read administrators but not change them", async ({ page }) => {
  const orgId = await signInAs(page, networkAdmin);
  await page.goto(`/orgs/${orgId}/administrators`);
  await expect(page.getByRole("row", { name: /Mara Okafor/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Invite Administrator" })).toHaveCount(0);
  expect((await page.goto(`/orgs/${orgId}/administrators/invite`))?.status()).toBe(403);
  await page.goto(`/orgs/${orgId}/administrators?search=${observer}`);
  await page.getByRole("link", { name: "Tomasz Nowak" }).click();
  await expect(page.getByText("Your role can view this page, but not change it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  expect(await page.content()).not.toContain("Gdańsk");
});

test("LNK-6, ACC-12: an invitation for an existing account is accepted only by its owner, after sign-in", async ({ page, newContextPage, baseURL }) => {
  const otherOrganization = await demoOrganization(baseURL, "Harbourline Logistics");
  const { email } = await addMember(otherOrganization.id);
  const orgId = await signInAs(page, superUser);
  await invite(page, orgId, email);
  const link = await linkInEmail(page.request, email, /Invitation to Tidewater/);
  await page.goto(link);
  await expect(page.getByText(`You are signed in as ${superUser}`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Accept" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Switch account" })).toBeVisible();

  const owner = await newContextPage();
  await owner.goto(link);
  await owner.getByRole("button", { name: "Accept" }).click();
  await expect(owner.getByRole("heading", { name: /^Sign in to/ })).toBeVisible();
  await owner.getByRole("textbox", { name: "Password" }).fill(demoPassword);
  await owner.getByRole("button", { name: "Sign in", exact: true }).click();
  await owner.getByRole("button", { name: "Accept" }).click();
  await expect(owner.getByText("You are now an administrator of this organization")).toBeVisible();
  await owner.goto(`/orgs/${orgId}/sites`);
  await expect(owner.getByRole("link", { name: "Gdańsk" })).toBeVisible();

  await page.goto(`/orgs/${orgId}/administrators?search=${email}`);
  await page.getByRole("link", { name: "Gert Ridder" }).click();
  await page.getByRole("link", { name: "Revoke Access" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke Access" }).click();
  await expect(page.getByText("Access revoked")).toBeVisible();
});

test("LNK-9: pages with a secret in the URL send no referrer and are not cached", async ({ request }) => {
  for (const path of ["/invite/abcdefghijklmnopqrstuvwxyz"]) {
    const answer = await request.get(path);
    expect(answer.headers()["referrer-policy"]).toBe("no-referrer");
    expect(answer.headers()["cache-control"]).toContain("no-store");
    expect(await answer.text()).toContain("This link isn’t valid");
  }
});

test("X-10: the pages of administrators and invitations are accessible in light and dark", async ({ page, newContextPage }) => {
  const email = uniqueEmail("invited");
  const orgId = await signInAs(page, superUser);
  await invite(page, orgId, email);
  const list = `/orgs/${orgId}/administrators`;
  await page.goto(`${list}?search=${email}`);
  const one = (await page.getByRole("link", { name: "Nora Falk" }).getAttribute("href")) ?? "";
  const visitor = await newContextPage();
  const pages: [Page, string][] = [
    [page, list],
    [page, `${list}/invite`],
    [page, one],
    [page, `${one}?dialog=cancel`],
    [page, `${one}?dialog=resend`],
    [visitor, await linkInEmail(page.request, email, /Invitation to/)],
  ];
  const check = async (at: Page, path: string) => {
    await at.goto(path);
    await expectAccessibleInBothThemes(at);
  };
  for (const [at, path] of pages) await check(at, path);
  await visitor.goto(await linkInEmail(page.request, email, /Invitation to/));
  await visitor.getByRole("button", { name: "Accept" }).click();
  await check(visitor, await linkInEmail(page.request, email, /Create your login/));
});
