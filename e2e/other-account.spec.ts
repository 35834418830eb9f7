import type { Page } from "@playwright/test";
import { addVirtualAuthenticator } from "../scripts/test/virtual-authenticator.ts";
import { newHttpClient, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { demoOrganization, newSignedInOwner, type SignedInOwner, submitInvitation } from "./setup/organizations.ts";
import { inDatabase } from "./setup/database.ts";
import { googleCallbackPath, newGoogleAccount } from "./setup/google.ts";
import { linkInEmail } from "./setup/mail.ts";
import { copyCookies, signIn, signOut } from "./setup/pages.ts";
import { newPassword } from "./setup/sign-up.ts";
import { joinOrganization, newOwner } from "./setup/test-data.ts";
import { uniqueEmail } from "./setup/unique.ts";

/** Ada opens a page, and then Bo signs in in another tab of the same browser. */
async function openAsAda(page: Page, baseURL: string | undefined, at: (ada: SignedInOwner) => string) {
  const [ada, bo] = [await newSignedInOwner(baseURL, "ada"), await newSignedInOwner(baseURL, "bo")];
  await copyCookies(page, ada.client);
  await page.goto(at(ada));
  const signInAsBo = () => copyCookies(page, bo.client);
  return { ada, bo, signInAsBo };
}

const refusal = (now: string, opener: string) => `You are now signed in as ${now}, but this page was opened by ${opener}. Nothing was changed`;
const dialog = (page: Page) => page.getByRole("dialog");
const namesOf = (accountId: string) => inDatabase((sql) => sql`select first_name as name from accounts where id = ${accountId}`);
const accountExists = async (accountId: string) => (await namesOf(accountId)).length === 1;

test("SES-12: a profile is not saved for an account that signed in later; input is kept, and a reload continues as that account", async ({ page, context, baseURL }) => {
  const { ada, bo } = await openAsAda(page, baseURL, () => "/account");
  const firstName = page.getByRole("textbox", { name: "First Name (required)" });
  await firstName.fill("Adelheid");
  const other = await context.newPage();
  await other.goto("/account");
  await signOut(other);
  await signIn(other, bo.email);
  await expect(other.getByRole("heading", { name: "Overview" })).toBeVisible();

  for (const _ of ["once", "and again"]) {
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
    await expect(firstName).toHaveValue("Adelheid");
  }
  expect(await namesOf(bo.accountId)).toEqual([{ name: "Ines" }]);
  page.once("dialog", (leave) => void leave.accept());
  await page.getByRole("link", { name: "Reload the page" }).click();
  await expect(page.getByText(bo.email).first()).toBeAttached();
  await firstName.fill("Bogdan");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Account saved").last()).toBeVisible();
  expect(await namesOf(bo.accountId)).toEqual([{ name: "Bogdan" }]);
});

test("SES-12: the tab works again when its own account signs in again", async ({ page, baseURL }) => {
  const { ada, signInAsBo } = await openAsAda(page, baseURL, () => "/account");
  await page.getByRole("textbox", { name: "First Name (required)" }).fill("Adelheid");
  await signInAsBo();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("this page was opened by");
  await copyCookies(page, await signedInClient(baseURL, ada.email));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Account saved").last()).toBeVisible();
  expect(await namesOf(ada.accountId)).toEqual([{ name: "Adelheid" }]);
});

test("SES-12: Delete Account in an outdated tab deletes no account", async ({ page, baseURL }) => {
  const { ada, bo, signInAsBo } = await openAsAda(page, baseURL, () => "/account?dialog=delete");
  await inDatabase((sql) => sql`delete from memberships where account_id in (${ada.accountId}, ${bo.accountId})`);
  await page.reload();
  await dialog(page).getByRole("checkbox").check();
  await signInAsBo();
  await dialog(page).getByRole("button", { name: "Delete Account" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect([await accountExists(ada.accountId), await accountExists(bo.accountId)]).toEqual([true, true]);
});

test("SES-12: an outdated tab neither creates a site nor revokes an administrator as another member", async ({ page, baseURL }) => {
  const { ada, bo, signInAsBo } = await openAsAda(page, baseURL, ({ orgId }) => `/orgs/${orgId}/sites/new`);
  const membership = await joinOrganization(ada.orgId, bo.accountId, "super_user");
  const name = page.getByRole("textbox", { name: "Site Name (required)" });
  await name.fill("Old tab");
  await page.getByLabel("Country").selectOption("DE");
  await signInAsBo();
  await page.getByRole("button", { name: "Create Site", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  await expect(name).toHaveValue("Old tab");
  expect(await inDatabase((sql) => sql`select 1 from sites where organization_id = ${ada.orgId} and name = 'Old tab'`)).toHaveLength(0);

  await copyCookies(page, ada.client);
  page.once("dialog", (leave) => void leave.accept());
  await page.goto(`/orgs/${ada.orgId}/administrators/${membership}?dialog=revoke`);
  await signInAsBo();
  await dialog(page).getByRole("button", { name: "Revoke Access" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect(await inDatabase((sql) => sql`select 1 from memberships where id = ${membership}`)).toHaveLength(1);
});

test("SES-12: an invitation opened by one account is not accepted by another", async ({ page, baseURL, request }) => {
  const [ada, bo] = [await newSignedInOwner(baseURL, "ada"), await newSignedInOwner(baseURL, "bo")];
  await submitInvitation(await demoOrganization(baseURL, "Tidewater Retail"), ada.email);
  await copyCookies(page, ada.client);
  await page.goto(new URL(await linkInEmail(request, ada.email, /Invitation to/)).pathname);
  await copyCookies(page, bo.client);
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect(await inDatabase((sql) => sql`select 1 from memberships where email = ${ada.email} and accepted_at is not null`)).toHaveLength(1);
});

test("SES-12: a login is not created after another account signed in", async ({ page, baseURL, request }) => {
  const [email, bo] = [uniqueEmail(), await newSignedInOwner(baseURL, "bo")];
  await submitInvitation(await demoOrganization(baseURL, "Tidewater Retail"), email);
  const visitor = newHttpClient(baseURL);
  const { pathname } = new URL(await linkInEmail(request, email, /Invitation to/));
  await visitor.send(await visitor.formOn(pathname, "Accept"));
  await page.goto(new URL(await linkInEmail(request, email, /Create your login/)).pathname);
  await page.getByRole("textbox", { name: /^Password/ }).fill(newPassword);
  await page.getByRole("checkbox", { name: "I accept" }).check();
  await copyCookies(page, bo.client);
  await page.getByRole("button", { name: "Create Login" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(`You are now signed in as ${bo.email}, but this page was opened while signed out`);
  await expect(page.getByRole("textbox", { name: /^Password/ })).toHaveValue(newPassword);
  expect((await bo.client.get("/account")).status).toBe(200);
});

test("SES-12: a passkey is not added to an account that signed in meanwhile", async ({ page, baseURL }) => {
  const device = await addVirtualAuthenticator(page);
  const { ada, bo, signInAsBo } = await openAsAda(page, baseURL, () => "/account?dialog=passkey");
  await dialog(page).getByRole("textbox", { name: "Name" }).fill("Work laptop");
  await signInAsBo();
  await device.setPresence(true);
  await dialog(page).getByRole("button", { name: "Continue" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect(await inDatabase((sql) => sql`select 1 from passkeys where account_id in (${ada.accountId}, ${bo.accountId})`)).toHaveLength(0);
});

test("SES-12: Google links and signs in only the account that opened the page", async ({ page, baseURL }) => {
  const { ada, bo, signInAsBo } = await openAsAda(page, baseURL, () => "/account?dialog=google");
  await signInAsBo();
  await dialog(page).getByRole("button", { name: "Yes" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));

  const visitor = newHttpClient(baseURL);
  const start = await visitor.send(await visitor.formOn("/sign-in", "Sign in with Google"));
  const back = await googleCallbackPath(start.location, newGoogleAccount());
  for (const [name, value] of bo.client.jar) visitor.jar.set(name, value);
  const { location } = await visitor.get(back);
  expect(location).toBe("/google/refused?why=other-account");
  expect((await visitor.get(location)).body).toContain(`You are now signed in as ${bo.email}, but this page was opened while signed out`);
  expect((await visitor.get("/account")).body).toContain(bo.email);
});

test("SES-12: an outdated sign-in page still signs in, and the other session ends", async ({ page, baseURL }) => {
  const { email, orgId } = await newOwner("ada");
  const bo = await newSignedInOwner(baseURL, "bo");
  await page.goto("/sign-in");
  await copyCookies(page, bo.client);
  await signIn(page, email);
  await expect(page).toHaveURL(new RegExp(`/orgs/${orgId}`));
  expect((await bo.client.get("/account")).status).toBe(307);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SES-12, X-5: a form of an organization that the account signed in now is not in is refused with the reason, not with “not found”", async ({ page, baseURL }) => {
    const { ada, bo, signInAsBo } = await openAsAda(page, baseURL, ({ orgId }) => `/orgs/${orgId}/sites/new`);
    await page.getByRole("textbox", { name: "Site Name (required)" }).fill("Quay");
    await signInAsBo();
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name: "Create Site" }).click();
    expect((await answered).status()).toBe(409);
    await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
    expect(await inDatabase((sql) => sql`select 1 from sites where organization_id = ${ada.orgId} and name = 'Quay'`)).toHaveLength(0);
  });

  test("SES-12, X-5: an outdated page is refused without JavaScript too, each time, and keeps what was typed", async ({ page, baseURL }) => {
    const { ada, bo, signInAsBo } = await openAsAda(page, baseURL, () => "/account");
    await page.getByRole("textbox", { name: "First Name (required)" }).fill("Adelheid");
    await signInAsBo();
    for (const _ of ["once", "and again"]) {
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
      await expect(page.getByRole("textbox", { name: "First Name (required)" })).toHaveValue("Adelheid");
    }
    expect(await namesOf(bo.accountId)).toEqual([{ name: "Ines" }]);
    await page.getByRole("link", { name: "Reload the page" }).click();
    await expect(page.getByRole("textbox", { name: "First Name (required)" })).toHaveValue("Ines");
  });
});
