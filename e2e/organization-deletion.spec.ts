import type { Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { fillForm, newHttpClient, signedInClient } from "./setup/http-client.ts";
import { expectEmail } from "./setup/mail.ts";
import { openSignedIn, tabTo } from "./setup/pages.ts";
import { startSecondWeb } from "./setup/second-web.ts";
import { addMember, addSites, newOwner, type Owner } from "./setup/test-data.ts";
import { ageSessions } from "./setup/time.ts";

const settingsOf = ({ orgId }: Owner) => `/orgs/${orgId}/settings`;
const dialogPath = (owner: Owner) => `${settingsOf(owner)}?dialog=delete-organization`;
const dialog = (page: Page) => page.getByRole("dialog", { name: "Delete Organization" });
const exists = async ({ orgId }: Owner) => (await inDatabase((sql) => sql`select 1 from organizations where id = ${orgId}`)).length > 0;

async function newOrganization() {
  const owner = await newOwner("ending");
  await addSites(owner, [{ name: "Quay" }, { name: "Depot", group: "North" }]);
  return { owner, member: await addMember(owner.orgId, { role: "network_admin" }) };
}

test("ORG-18, SES-11, X-7: by keyboard an organization is deleted after re-authentication by typing its name, and is gone for everybody at their next request", async ({ page, baseURL }) => {
  const { owner, member } = await newOrganization();
  const second = await startSecondWeb();
  try {
    const { jar } = await signedInClient(baseURL, member.email);
    const elsewhere = newHttpClient(second.address, jar);
    expect((await elsewhere.get(settingsOf(owner))).status).toBe(200);

    await openSignedIn(page, owner.email, settingsOf(owner));
    await ageSessions(owner.email, { reauthenticated_at: 11 });
    await tabTo(page, /^Delete Organization$/);
    await page.keyboard.press("Enter");
    await expect(dialog(page).getByRole("textbox", { name: "Password" })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.type(demoPassword);
    await page.keyboard.press("Enter");
    const name = dialog(page).getByRole("textbox", { name: "Name of the organization" });
    await expect(name).toBeFocused();
    for (const text of ["2 administrators", "2 sites", "1 site group"]) await expect(dialog(page).getByText(text, { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.type("ending");
    await page.keyboard.press("Enter");
    await expect(dialog(page).getByText(`Enter exactly: ${owner.organization}`)).toBeVisible();
    expect(await exists(owner)).toBe(true);
    await name.fill(owner.organization);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Organization deleted")).toBeVisible();
    await expect(page.getByRole("heading", { name: "No organization yet" })).toBeVisible();
    await expect(page).toHaveURL(/\/orgs(\?|$)/);
    expect(await exists(owner)).toBe(false);

    for (const path of ["", "/sites", "/settings"]) expect((await elsewhere.get(`/orgs/${owner.orgId}${path}`)).status).toBe(404);
    expect((await elsewhere.get("/orgs")).body).toContain("No organization yet");
    for (const email of [owner.email, member.email]) await expectEmail(email, new RegExp(`^${owner.organization} was deleted`));
    await page.goto("/account");
    await page.getByText("Recent activity of your account").click();
    await expect(page.getByText(`Deleted organization: ${owner.organization}`, { exact: false })).toBeVisible();
  } finally {
    await second.stop();
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ORG-18: an organization is deleted by plain forms", async ({ page }) => {
    const { owner } = await newOrganization();
    await openSignedIn(page, owner.email, settingsOf(owner));
    await page.getByRole("region", { name: "Delete Organization" }).getByRole("link").click();
    await dialog(page).getByRole("textbox", { name: "Name of the organization" }).fill("something else");
    await dialog(page).getByRole("button", { name: "Delete Organization" }).click();
    await expect(dialog(page).getByText(`Enter exactly: ${owner.organization}`)).toBeVisible();
    await dialog(page).getByRole("textbox", { name: "Name of the organization" }).fill(owner.organization);
    await dialog(page).getByRole("button", { name: "Delete Organization" }).click();
    await expect(page.getByText("Organization deleted")).toBeVisible();
    expect(await exists(owner)).toBe(false);
  });
});

test("ORG-18: a double press is one deletion", async ({ baseURL }) => {
  const { owner, member } = await newOrganization();
  const client = await signedInClient(baseURL, owner.email);
  const form = fillForm(await client.formOn(dialogPath(owner), "Delete Organization"), { name: owner.organization });
  const answers = await Promise.all([client.send(form), client.send(form)]);
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, 404]);
  await expectEmail(member.email, /was deleted/);
  const sent = await inDatabase((sql) => sql`select 1 from email_outbox where recipient = ${member.email} and template = 'organization-deleted'`);
  expect(sent).toHaveLength(1);
});

test("ORG-18: who may not delete the organization is offered nothing", async ({ page }) => {
  const { owner, member } = await newOrganization();
  await openSignedIn(page, member.email, dialogPath(owner));
  await expect(page.getByText("Only Super Users can delete the organization.")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
