import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { expectEmail } from "./setup/mail.ts";
import { openSignedIn } from "./setup/pages.ts";
import { runStaffCommand } from "./setup/staff.ts";
import { addMember, newOwner } from "./setup/test-data.ts";
import { uniqueWord } from "./setup/unique.ts";

/** A provider with one administrator, who belongs to another organization. */
async function newProvider() {
  const name = uniqueWord("Halyard");
  const { code, output } = runStaffCommand("create-msp", name, "--as", "Ida Holm");
  expect(code).toBe(0);
  const id = /[\da-f-]{36}/.exec(output)?.[0] ?? "";
  const { email } = await addMember((await newOwner("provider")).orgId);
  expect(runStaffCommand("add-msp-admin", id, email, "--as", "Ida Holm")).toMatchObject({ code: 0, output: expect.stringContaining(name) });
  return { id, name, email };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("ORG-1: an organization is assigned to a provider, whose administrator accepts it and ends it again", async ({ page, newContextPage }) => {
      const [provider, owner] = [await newProvider(), await newOwner("assigned")];
      await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/settings`);
      await expect(page.getByText("(none)")).toBeVisible();
      await page.getByRole("link", { name: "Assign to an MSP" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "MSP ID" }).fill(owner.orgId);
      await dialog.getByRole("button", { name: "Assign to an MSP" }).click();
      await expect(dialog.getByText("There is no Managed Service Provider with this ID").first()).toBeVisible();
      await dialog.getByRole("textbox", { name: "MSP ID" }).fill(provider.id);
      await dialog.getByRole("button", { name: "Assign to an MSP" }).click();
      await expect(page.getByText(`${provider.name} (asked, not yet accepted)`)).toBeVisible();
      await expectEmail(provider.email, new RegExp(`^${owner.organization} asks ${provider.name}`));

      const other = await newContextPage({ javaScriptEnabled });
      await openSignedIn(other, provider.email, `/msp/${provider.id}`);
      if (javaScriptEnabled) await expectAccessible(other);
      await other.getByRole("link", { name: `Accept ${owner.organization}` }).click();
      if (javaScriptEnabled) await expectAccessible(other);
      await other.getByRole("dialog").getByRole("button", { name: "Accept" }).click();
      await expect(other.getByText("Organization accepted")).toBeVisible();
      await expectEmail(owner.email, new RegExp(`^${provider.name} is now the Managed Service Provider`));
      await page.goto(`/orgs/${owner.orgId}/settings`);
      await expect(page.getByText(provider.name, { exact: true })).toBeVisible();

      await other.getByRole("link", { name: `End ${owner.organization}` }).click();
      await other.getByRole("dialog").getByRole("button", { name: "End Assignment" }).click();
      await expect(other.getByText("No organizations yet")).toBeVisible();
      await page.goto(`/orgs/${owner.orgId}/settings`);
      await expect(page.getByText("(none)")).toBeVisible();
      await expectEmail(owner.email, new RegExp(`^${provider.name} is no longer the Managed Service Provider`));
    });
  });
}
