import type { Page } from "@playwright/test";
import { addVirtualAuthenticator } from "../scripts/test/virtual-authenticator.ts";
import { type Browser, formIn, newBrowser, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { newWord, organizationCalled } from "./setup/cast.ts";
import { inDatabase } from "./setup/database.ts";
import { answerOf, newGoogleAccount } from "./setup/google.ts";
import { linkMailedTo } from "./setup/mail.ts";
import { enterAs, signIn, signOut } from "./setup/stage.ts";
import { joinOrganization, newOwner, type Owner } from "./setup/test-data.ts";

const newPassword = "violet-kettle-47-orbit";

type Person = Owner & { browser: Browser };

async function newPerson(baseURL: string | undefined, word: string): Promise<Person> {
  const owner = await newOwner(word);
  return { ...owner, browser: await signedInAs(baseURL, owner.email) };
}

/** Ada has opened a page in this browser, and then Bo signs in in another tab of it. */
async function openedBy(page: Page, baseURL: string | undefined, at: (ada: Person) => string) {
  const [ada, bo] = [await newPerson(baseURL, "ada"), await newPerson(baseURL, "bo")];
  await enterAs(page, ada.browser);
  await page.goto(at(ada));
  const becomeBo = () => enterAs(page, bo.browser);
  return { ada, bo, becomeBo };
}

const refusal = (now: string, opener: string) => `You are now signed in as ${now}, but this page was opened by ${opener}. Nothing was changed`;
const dialog = (page: Page) => page.getByRole("dialog");
const namesOf = (accountId: string) => inDatabase((sql) => sql`select first_name as name from accounts where id = ${accountId}`);
const accountExists = async (accountId: string) => (await namesOf(accountId)).length === 1;

test("SES-12: a profile is not saved for whoever signed in later, what was typed stays, and a reload goes on as them", async ({ page, context, baseURL }) => {
  const { ada, bo } = await openedBy(page, baseURL, () => "/account");
  const typed = page.getByRole("textbox", { name: "First Name (required)" });
  await typed.fill("Adelheid");
  const other = await context.newPage();
  await other.goto("/account");
  await signOut(other);
  await signIn(other, bo.email);
  await expect(other.getByRole("heading", { name: "Site Configuration" })).toBeVisible();

  for (const _ of ["once", "and again"]) {
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
    await expect(typed).toHaveValue("Adelheid");
  }
  expect(await namesOf(bo.accountId)).toEqual([{ name: "Ines" }]);
  page.once("dialog", (leave) => void leave.accept());
  await page.getByRole("link", { name: "Reload the page" }).click();
  await expect(page.getByText(bo.email).first()).toBeAttached();
  await typed.fill("Bogdan");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your account is saved").last()).toBeVisible();
  expect(await namesOf(bo.accountId)).toEqual([{ name: "Bogdan" }]);
});

test("SES-12: the tab goes on when its own account is signed in again", async ({ page, baseURL }) => {
  const { ada, becomeBo } = await openedBy(page, baseURL, () => "/account");
  await page.getByRole("textbox", { name: "First Name (required)" }).fill("Adelheid");
  await becomeBo();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("this page was opened by");
  await enterAs(page, await signedInAs(baseURL, ada.email));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your account is saved").last()).toBeVisible();
  expect(await namesOf(ada.accountId)).toEqual([{ name: "Adelheid" }]);
});

test("SES-12: deleting an account in an old tab deletes nobody's", async ({ page, baseURL }) => {
  const { ada, bo, becomeBo } = await openedBy(page, baseURL, () => "/account?dialog=delete");
  await inDatabase((sql) => sql`delete from memberships where account_id in (${ada.accountId}, ${bo.accountId})`);
  await page.reload();
  await dialog(page).getByRole("checkbox").check();
  await becomeBo();
  await dialog(page).getByRole("button", { name: "Delete Account" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect([await accountExists(ada.accountId), await accountExists(bo.accountId)]).toEqual([true, true]);
});

test("SES-12: a site is not saved, and an administrator not revoked, under the name of another member", async ({ page, baseURL }) => {
  const { ada, bo, becomeBo } = await openedBy(page, baseURL, ({ orgId }) => `/orgs/${orgId}/sites/new`);
  const membership = await joinOrganization(ada.orgId, bo.accountId, "super_user");
  const name = page.getByRole("textbox", { name: "Site Name (required)" });
  await name.fill("Old tab");
  await page.getByLabel("Country").selectOption("DE");
  await becomeBo();
  await page.getByRole("button", { name: "Create Site", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  await expect(name).toHaveValue("Old tab");
  expect(await inDatabase((sql) => sql`select 1 from sites where organization_id = ${ada.orgId} and name = 'Old tab'`)).toHaveLength(0);

  await enterAs(page, ada.browser);
  page.once("dialog", (leave) => void leave.accept());
  await page.goto(`/orgs/${ada.orgId}/administrators/${membership}?dialog=revoke`);
  await becomeBo();
  await dialog(page).getByRole("button", { name: "Revoke Access" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect(await inDatabase((sql) => sql`select 1 from memberships where id = ${membership}`)).toHaveLength(1);
});

async function newInvitation(baseURL: string | undefined, email: string) {
  const organization = await organizationCalled(baseURL, "Tidewater Retail");
  const form = await organization.boss.formOn(`${organization.path}/administrators/invite`, "Invite");
  const fields: Record<string, string> = { email, firstName: "Gert", lastName: "Ridder", role: "observer", scope: "all" };
  const pairs = form.pairs.filter(([name]) => !Object.hasOwn(fields, name)).concat(Object.entries(fields));
  expect((await organization.boss.send({ ...form, pairs })).status).toBe(303);
  return organization;
}

test("SES-12: an invitation opened by its account is not accepted by another", async ({ page, baseURL, request }) => {
  const [ada, bo] = [await newPerson(baseURL, "ada"), await newPerson(baseURL, "bo")];
  await newInvitation(baseURL, ada.email);
  await enterAs(page, ada.browser);
  await page.goto(new URL(await linkMailedTo(request, ada.email, /Invitation to/)).pathname);
  await enterAs(page, bo.browser);
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect(await inDatabase((sql) => sql`select 1 from memberships where email = ${ada.email} and accepted_at is not null`)).toHaveLength(1);
});

test("SES-12: a login is not created in the place of somebody who signed in meanwhile", async ({ page, baseURL, request }) => {
  const [email, bo] = [`${newWord()}@example.test`, await newPerson(baseURL, "bo")];
  await newInvitation(baseURL, email);
  const visitor = newBrowser(baseURL);
  const { pathname } = new URL(await linkMailedTo(request, email, /Invitation to/));
  await visitor.send(formIn((await visitor.get(pathname)).body, pathname, "Accept"));
  await page.goto(new URL(await linkMailedTo(request, email, /Create your login/)).pathname);
  await page.getByRole("textbox", { name: /^Password/ }).fill(newPassword);
  await page.getByRole("checkbox", { name: "I accept" }).check();
  await enterAs(page, bo.browser);
  await page.getByRole("button", { name: "Create Login" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(`You are now signed in as ${bo.email}, but this page was opened when nobody was signed in`);
  await expect(page.getByRole("textbox", { name: /^Password/ })).toHaveValue(newPassword);
  expect((await bo.browser.get("/account")).status).toBe(200);
});

test("SES-12: a passkey is not added to the account that signed in meanwhile", async ({ page, baseURL }) => {
  const device = await addVirtualAuthenticator(page);
  const { ada, bo, becomeBo } = await openedBy(page, baseURL, () => "/account?dialog=passkey");
  await dialog(page).getByRole("textbox", { name: "Name" }).fill("Work laptop");
  await becomeBo();
  await device.setPresence(true);
  await dialog(page).getByRole("button", { name: "Continue" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));
  expect(await inDatabase((sql) => sql`select 1 from passkeys where account_id in (${ada.accountId}, ${bo.accountId})`)).toHaveLength(0);
});

test("SES-12: Google links and signs in only what its page was opened by", async ({ page, baseURL }) => {
  const { ada, bo, becomeBo } = await openedBy(page, baseURL, () => "/account?dialog=google");
  await becomeBo();
  await dialog(page).getByRole("button", { name: "Yes" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(refusal(bo.email, ada.email));

  const wanderer = newBrowser(baseURL);
  const start = await wanderer.send(await wanderer.formOn("/sign-in", "Sign in with Google"));
  const back = await answerOf(start.location, newGoogleAccount());
  for (const [name, value] of bo.browser.jar) wanderer.jar.set(name, value);
  const { location } = await wanderer.get(back);
  expect(location).toBe("/google/refused?why=other-account");
  expect((await wanderer.get(location)).body).toContain(`You are now signed in as ${bo.email}, but this page was opened when nobody was signed in`);
  expect((await wanderer.get("/account")).body).toContain(bo.email);
});

test("SES-12: a sign-in page opened before somebody signed in still signs in, and the other session ends", async ({ page, baseURL }) => {
  const { email, orgId } = await newOwner("ada");
  const bo = await newPerson(baseURL, "bo");
  await page.goto("/sign-in");
  await enterAs(page, bo.browser);
  await signIn(page, email);
  await expect(page).toHaveURL(new RegExp(`/orgs/${orgId}`));
  expect((await bo.browser.get("/account")).status).toBe(307);
});

test.describe("with script switched off", () => {
  test.use({ javaScriptEnabled: false });

  test("SES-12, X-5: an old page is refused without script too, as often as it is sent, with what was typed", async ({ page, baseURL }) => {
    const { ada, bo, becomeBo } = await openedBy(page, baseURL, () => "/account");
    await page.getByRole("textbox", { name: "First Name (required)" }).fill("Adelheid");
    await becomeBo();
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
