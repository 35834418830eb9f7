import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { signedInClient } from "./setup/http-client.ts";
import { expectEmail } from "./setup/mail.ts";
import { openSignedIn, tabTo } from "./setup/pages.ts";
import { addInvitations, addMember, addSites, newOwner, type Owner } from "./setup/test-data.ts";

const colleagues = [
  { firstName: "Ada", lastName: "Weir", role: "observer" },
  { firstName: "Bo", lastName: "Lock", role: "helpdesk" },
  { firstName: "Cy", lastName: "Quay", role: "installer" },
] as const;

/** Opens a list as the owner of a new organization. */
const openList = (page: Page, { email, orgId }: Owner, list: string) => openSignedIn(page, email, `/orgs/${orgId}/${list}`);

async function addColleagues({ orgId }: Owner) {
  for (const colleague of colleagues) await addMember(orgId, colleague);
}

const rowOf = (page: Page, name: string) => page.locator(".list tbody tr").filter({ has: page.locator("td.lead").getByText(name, { exact: true }) });
const checkboxOf = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });
const bar = (page: Page) => page.getByRole("form", { name: "Selected rows" });
const count = (page: Page) => page.locator("main").getByText(/^[\d–]+( of \d+)?( that match, of \d+)? (sites?|administrators?)\b/);

async function select(page: Page, ...names: string[]) {
  for (const name of names) await checkboxOf(page, name).check();
}

async function openDialog(page: Page, label: string): Promise<Locator> {
  await bar(page).getByRole("button", { name: label }).click();
  const dialog = page.getByRole("dialog", { name: label });
  await expect(dialog).toBeVisible();
  return dialog;
}

const submit = (dialog: Locator, label: string) => dialog.getByRole("button", { name: label, exact: true }).click();

/** Checks the results that a dialog shows, and closes it. */
async function expectResults(dialog: Locator, status: string, results: readonly (string | RegExp)[]) {
  await expect(dialog.getByText(status, { exact: true })).toBeVisible();
  const items = dialog.getByRole("list", { name: "Results" }).getByRole("listitem");
  await expect(items).toHaveCount(results.length);
  for (const result of results) await expect(items.filter({ hasText: result })).toHaveCount(1);
  await dialog.getByRole("link", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
}

test("ADM-6: the role of two selected administrators is changed with a result for each; one's own access is refused", async ({ page }) => {
  const owner = await newOwner("selection");
  await addColleagues(owner);
  await openList(page, owner, "administrators");
  await select(page, "Ada Weir", "Bo Lock");
  await expect(bar(page)).toContainText("2 selected");
  const dialog = await openDialog(page, "Change role");
  await expect(dialog).toContainText("Ada Weir and Bo Lock");
  await submit(dialog, "Change Role");
  await expect(dialog.getByText("Choose a role")).toBeVisible();
  await dialog.getByRole("radio", { name: /^Network Admin/ }).check();
  await submit(dialog, "Change Role");
  await expectResults(dialog, "2 done", ["Ada Weir: is now Network Admin", "Bo Lock: is now Network Admin"]);
  for (const name of ["Ada Weir", "Bo Lock"]) await expect(rowOf(page, name)).toContainText("Network Admin");
  await expect(rowOf(page, "Cy Quay")).toContainText("Installer");
  await expect(bar(page)).toBeHidden();

  await select(page, "Ines Lantern", "Bo Lock", "Cy Quay");
  const second = await openDialog(page, "Change role");
  await second.getByRole("radio", { name: "Observer", exact: false }).first().check();
  await submit(second, "Change Role");
  await expectResults(second, "2 done, 1 not done", [
    /^Ines Lantern: You can’t change your own access/,
    "Bo Lock: is now Observer",
    "Cy Quay: is now Observer",
  ]);
  await expect(rowOf(page, "Ines Lantern")).toContainText("Super User");
});

test("ADM-5: several administrators are revoked and lose access with their next request", async ({ page, baseURL }) => {
  const owner = await newOwner("selection");
  await addColleagues(owner);
  await openList(page, owner, "administrators");
  const email = (await rowOf(page, "Ada Weir").locator("td").nth(2).textContent()) ?? "";
  const ada = await signedInClient(baseURL, email);
  expect((await ada.get(`/orgs/${owner.orgId}/sites`)).status).toBe(200);
  await select(page, "Ada Weir", "Cy Quay");
  const dialog = await openDialog(page, "Revoke access");
  await submit(dialog, "Revoke Access");
  await expectResults(dialog, "2 done", ["Ada Weir: access revoked", "Cy Quay: access revoked"]);
  await expect(page.locator(".list tbody td.lead")).toHaveText(["Bo Lock", "Ines Lantern"]);
  expect((await ada.get(`/orgs/${owner.orgId}/sites`)).status).toBe(404);
  await expectEmail(email, /access/i);
});

test("ADM-2: several invitations are resent; a member among them is refused", async ({ page }) => {
  const owner = await newOwner("selection");
  const invited = ["Dee", "Eli"].map((firstName) => ({
    email: `${firstName}-${owner.orgId}@example.test`.toLowerCase(),
    firstName,
    lastName: "Mole",
    role: "observer" as const,
  }));
  await addInvitations(owner, invited);
  await addMember(owner.orgId, colleagues[0]);
  await openList(page, owner, "administrators");
  await select(page, "Ada Weir", "Dee Mole", "Eli Mole");
  const dialog = await openDialog(page, "Resend invitation");
  await submit(dialog, "Resend Invitation");
  await expectResults(dialog, "2 done, 1 not done", [/^Ada Weir: /, "Dee Mole: invitation sent again", "Eli Mole: invitation sent again"]);
  for (const { email } of invited) await expectEmail(email, /Invitation to/);
});

/** More invitations than a page shows, one with another role and one with another name. */
async function addManyInvitations(owner: Owner) {
  const many = Array.from({ length: 60 }, (_, index) => ({ email: `many-${index}-${owner.orgId}@example.test`, firstName: "Many", lastName: `Number ${index}`, role: "observer" as const }));
  const otherRole = { email: `role-${owner.orgId}@example.test`, firstName: "Many", lastName: "With Another Role", role: "helpdesk" as const };
  const otherName = { email: `name-${owner.orgId}@example.test`, firstName: "Zed", lastName: "Mole", role: "observer" as const };
  await addInvitations(owner, [...many, otherRole, otherName]);
}

test("X-8: all matches over two pages of a filtered list are changed, and no other rows", async ({ page }) => {
  const owner = await newOwner("selection");
  await addManyInvitations(owner);
  await openList(page, owner, "administrators?search=many&role=observer");
  await expect(count(page)).toContainText("1–50 of 60 that match");
  await select(page, "Many Number 1");
  await bar(page).getByRole("checkbox", { name: "All 60 administrators that match" }).check();
  await expect(bar(page)).toContainText("All 60 administrators selected");
  await expect(checkboxOf(page, "Many Number 2")).toBeChecked();
  const dialog = await openDialog(page, "Change role");
  await expect(dialog).toContainText("All 60 administrators that match the filter.");
  await dialog.getByRole("radio", { name: /^Installer/ }).check();
  await submit(dialog, "Change Role");
  await expectResults(dialog, "60 done", Array.from({ length: 60 }, (_, index) => new RegExp(`Number ${index}: is now Installer$`)));

  const list = `/orgs/${owner.orgId}/administrators`;
  await page.goto(`${list}?role=installer`);
  await expect(count(page)).toContainText("of 60 that match");
  await page.goto(`${list}?search=Another+Role`);
  await expect(rowOf(page, "Many With Another Role")).toContainText("Helpdesk");
  await page.goto(`${list}?search=Zed`);
  await expect(rowOf(page, "Zed Mole")).toContainText("Observer");
});

test("X-5: a selection is kept by Cancel and by a reload of its dialog, and removed by Clear", async ({ page }) => {
  const owner = await newOwner("selection");
  await addSites(owner, [{ name: "Alder" }, { name: "Birch" }, { name: "Cedar" }]);
  await openList(page, owner, "sites");
  await expect(bar(page)).toBeHidden();
  await select(page, "Alder", "Cedar");
  const dialog = await openDialog(page, "Add to group");
  await expect(dialog).toContainText("Alder and Cedar");
  await page.reload();
  await expect(dialog).toContainText("Alder and Cedar");
  await dialog.getByRole("link", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(bar(page)).toContainText("2 selected");
  await expect(checkboxOf(page, "Alder")).toBeChecked();
  await expect(checkboxOf(page, "Birch")).not.toBeChecked();
  await bar(page).getByRole("button", { name: "Clear" }).click();
  await expect(bar(page)).toBeHidden();
  for (const name of ["Alder", "Birch", "Cedar"]) await expect(checkboxOf(page, name)).not.toBeChecked();

  await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
  await expect(bar(page)).toContainText("3 selected");
});

/** Adds sites to a group and removes them again. */
async function groupSites(page: Page, owner: Owner) {
  await select(page, "Alder", "Birch");
  const adding = await openDialog(page, "Add to group");
  await adding.getByRole("radio", { name: "Depots" }).check();
  await submit(adding, "Add to Group");
  await expectResults(adding, "2 done", ["Alder: added to Depots", "Birch: is already in Depots"]);
  for (const name of ["Alder", "Birch"]) await expect(rowOf(page, name)).toContainText("Depots");
  await expect(rowOf(page, "Cedar")).not.toContainText("Depots");

  await page.goto(`/orgs/${owner.orgId}/sites`);
  await select(page, "Birch", "Cedar");
  const removing = await openDialog(page, "Remove from group");
  await removing.getByRole("radio", { name: "Depots" }).check();
  await submit(removing, "Remove from Group");
  await expectResults(removing, "2 done", ["Birch: removed from Depots", "Cedar: is not in Depots"]);
  await expect(rowOf(page, "Birch")).not.toContainText("Depots");
  await expect(rowOf(page, "Alder")).toContainText("Depots");
}

const groupedSites = [{ name: "Alder" }, { name: "Birch", group: "Depots" }, { name: "Cedar" }];

test("SIT-6: several sites are added to a group and removed from it", async ({ page }) => {
  const owner = await newOwner("selection");
  await addSites(owner, groupedSites);
  await openList(page, owner, "sites");
  await groupSites(page, owner);
});

test("X-10: several sites are added to a group by keyboard", async ({ page }) => {
  const owner = await newOwner("selection");
  await addSites(owner, groupedSites);
  await openList(page, owner, "sites");
  for (const name of ["Alder", "Cedar"]) {
    await tabTo(page, new RegExp(`^Select ${name}$`));
    await page.keyboard.press("Space");
  }
  await tabTo(page, /^Add to group$/);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add to group" });
  await expect(dialog.getByRole("radio", { name: "Depots" })).toBeFocused();
  await page.keyboard.press("Space");
  await tabTo(page, /^Add to Group$/);
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("2 done", { exact: true })).toBeVisible();
  await tabTo(page, /^Done$/);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  for (const name of ["Alder", "Birch", "Cedar"]) await expect(rowOf(page, name)).toContainText("Depots");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, SIT-6: several sites are added to a group and removed from it by plain forms", async ({ page }) => {
    const owner = await newOwner("selection");
    await addSites(owner, groupedSites);
    await openList(page, owner, "sites");
    await groupSites(page, owner);
  });

  test("X-5, X-8: all matches are changed in batches of fifty by Continue", async ({ page }) => {
    const owner = await newOwner("selection");
    await addManyInvitations(owner);
    await openList(page, owner, "administrators?search=many&role=observer");
    await bar(page).getByRole("checkbox", { name: "All 60 administrators that match" }).check();
    const dialog = await openDialog(page, "Change role");
    await dialog.getByRole("radio", { name: /^Installer/ }).check();
    await submit(dialog, "Change Role");
    await expect(dialog.getByRole("listitem")).toHaveCount(50);
    await submit(dialog, "Continue");
    await expect(dialog.getByText("10 done", { exact: true })).toBeVisible();
    await page.goto(`/orgs/${owner.orgId}/administrators?role=installer`);
    await expect(count(page)).toContainText("of 60 that match");
  });
});

test("ADM-5: role, access and invitations are changed from the menu of a row, and the list keeps its filter", async ({ page }) => {
  const owner = await newOwner("rows");
  await addColleagues(owner);
  await addInvitations(owner, [{ email: `gert.${owner.email}`, firstName: "Gert", lastName: "Ridder", role: "observer" }]);
  await openList(page, owner, "administrators?sort=-name");
  const choose = async (name: string, action: string) => {
    await rowOf(page, name).getByRole("button", { name: `Actions for ${name}` }).click();
    await page.locator("[popover]:popover-open").getByRole("link", { name: action }).click();
  };
  await choose("Ada Weir", "Change role and access");
  const access = page.getByRole("dialog", { name: "Ada Weir’s role and access" });
  await access.getByRole("radio", { name: /^Network Admin/ }).check();
  await submit(access, "Save");
  await expect(page.getByText("Administrator saved: Ada Weir")).toBeVisible();
  await expect(rowOf(page, "Ada Weir")).toContainText("Network Admin");
  await expect(page).toHaveURL(/administrators\?sort=-name$/);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("Administrator saved")).toHaveCount(0);
  await choose("Gert Ridder", "Cancel invitation");
  await submit(page.getByRole("dialog", { name: "Cancel Gert Ridder’s invitation?" }), "Cancel Invitation");
  await expect(rowOf(page, "Gert Ridder")).toHaveCount(0);
  await choose("Bo Lock", "Revoke access");
  await submit(page.getByRole("dialog", { name: "Revoke access" }), "Revoke Access");
  await expectResults(page.getByRole("dialog", { name: "Revoke access" }), "1 done", ["Bo Lock: access revoked"]);
  await expect(rowOf(page, "Ines Lantern").getByRole("button", { name: /Actions/ })).toHaveCount(0);

  await page.goto(`/orgs/${owner.orgId}/administrators?dialog=access&ids=${crypto.randomUUID()}`);
  await expect(rowOf(page, "Ada Weir")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
