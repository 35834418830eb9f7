import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { signedInClient } from "./setup/http-client.ts";
import { openSignedIn } from "./setup/pages.ts";
import { startSecondWeb } from "./setup/second-web.ts";
import { addMember, newOwner } from "./setup/test-data.ts";

/** An organization with two members, one of whom has stayed away for half a year. */
async function newReview() {
  const owner = await newOwner("review");
  const away = await addMember(owner.orgId, { firstName: "Ada", lastName: "Weir" });
  await addMember(owner.orgId, { firstName: "Bo", lastName: "Lock", role: "helpdesk" });
  await inDatabase((sql) => sql`update memberships set accepted_at = now() - interval '200 days', last_seen_at = now() - interval '180 days' where id = ${away.id}`);
  return { owner, away, base: `/orgs/${owner.orgId}` };
}

async function decide(page: Page, names: readonly string[], label: string, reason: string) {
  for (const name of names) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  await page.getByRole("form", { name: "Selected rows" }).getByRole("button", { name: label, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: `${label} Access`, exact: true }).click();
  await expect(dialog.getByText(`${names.length} done`)).toBeVisible();
  await dialog.getByRole("link", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
}

const row = (page: Page, name: string): Locator => page.getByRole("row", { name: new RegExp(name) });

async function journey(page: Page) {
  const { owner, away, base } = await newReview();
  const client = await openSignedIn(page, owner.email, `${base}/administrators`);
  await page.getByRole("link", { name: "Access Review" }).click();
  await expect(row(page, "Bo Lock")).not.toContainText("by Ines Lantern");
  await decide(page, ["Bo Lock", "Ines Lantern"], "Keep", "Still on the team");
  await expect(row(page, "Bo Lock")).toContainText("by Ines Lantern");

  await page.goto(`${base}/access-review?use=unused`);
  await expect(row(page, "Bo Lock")).toHaveCount(0);
  await decide(page, ["Ada Weir"], "Revoke", "Left in spring");
  await page.goto(`${base}/access-review/decisions`);
  await expect(row(page, "Ada Weir")).toContainText("Revoked");
  await expect(row(page, "Ada Weir")).toContainText("Left in spring");
  const decisions = (await client.get(`${base}/access-review/decisions/download`)).body;
  expect(decisions).toMatch(new RegExp(`Ada Weir,${away.email},Revoked,.*,Ines Lantern,Observer,All sites,.*Left in spring`));
  const report = (await client.get(`${base}/access-review/download`)).body;
  expect(report).toMatch(/Bo Lock,.*,Helpdesk,All sites,.*Ines Lantern,Kept,Still on the team/);
  expect(report).not.toContain("Ada Weir");
  expect((await (await signedInClient(test.info().project.use.baseURL, away.email)).get(`${base}/sites`)).status).toBe(404);
  return { base };
}

test("ADM-8, X-10: access is reviewed: kept, revoked, downloaded and printed", async ({ page }) => {
  const { base } = await journey(page);
  for (const path of ["/access-review", "/access-review/decisions", "/access-review?dialog=keep&all=true"]) {
    await page.goto(base + path);
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await page.emulateMedia({ media: "print" });
  await page.goto(`${base}/access-review`);
  await expect(page.getByText(/, \d+ \w+ \d{4}, \d+:\d\d.* \(.+\)$/)).toBeVisible();
  await expect(row(page, "Bo Lock")).toBeVisible();
  for (const hidden of [page.getByRole("link", { name: "CSV" }), page.getByRole("link", { name: "Past Decisions" })]) await expect(hidden).toBeHidden();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ADM-8, X-5: access is reviewed by plain forms", async ({ page }) => {
    await journey(page);
  });
});

test("ADM-8: access with an end date is given in the form; after its end the next request is refused in every process", async ({ page }) => {
  const { owner, away, base } = await newReview();
  await openSignedIn(page, owner.email, `${base}/administrators/${away.id}`);
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Last day with access").fill(day);
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Administrator saved")).toBeVisible();
  await expect(page.getByLabel("Last day with access")).toHaveValue(day);
  await page.goto(`${base}/administrators?accessEnd=soon`);
  await expect(row(page, "Ada Weir")).toContainText("until");
  await expect(row(page, "Bo Lock")).toHaveCount(0);

  const second = await startSecondWeb();
  try {
    const client = await signedInClient(test.info().project.use.baseURL, away.email);
    const elsewhere = await signedInClient(second.address, away.email);
    const statuses = async () => [(await client.get(`${base}/sites`)).status, (await elsewhere.get(`${base}/sites`)).status];
    expect(await statuses()).toEqual([200, 200]);
    await inDatabase((sql) => sql`update memberships set access_ends_at = now() where id = ${away.id}`);
    expect(await statuses()).toEqual([404, 404]);
  } finally {
    await second.stop();
  }
});
