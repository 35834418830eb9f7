import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { tidewaterMembers } from "./setup/demo-members.ts";
import { openSignedIn } from "./setup/pages.ts";

const hosts = (page: Page) => page.locator("main tbody tr td:first-child").allTextContents();

async function downloadAs(page: Page, format: string): Promise<{ name: string; text: string }> {
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: format, exact: true }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

/** Chooses an instance and switches, and downloads the rules as a ruleset and as JSON. */
async function chooseAndDownload(page: Page) {
  await expect(page.getByText("This portal is Global 01.")).toBeVisible();
  expect(await hosts(page)).toContain("manage.mist.com");
  await page.getByRole("button", { name: "Instance: Global 01" }).click();
  await page.getByRole("link", { name: "Europe 01" }).click();
  await expect(page).toHaveURL(/\?instance=europe-01$/);
  await page.getByRole("button", { name: "For", exact: true }).click();
  await page.getByLabel("EX Switches").check();
  const apply = page.locator("#filter-for").getByRole("button", { name: "Apply" });
  if (await apply.isVisible()) await apply.click();
  await expect(page).toHaveURL(/for=switches/);
  await expect(page.getByText("3 rules")).toBeVisible();
  expect(await hosts(page)).toEqual(["redirect.juniper.net", "ztp.eu.mist.com", "oc-term.eu.mist.com"]);
  const ruleset = await downloadAs(page, "nftables");
  expect(ruleset.name).toBe("firewall-europe-01.nft");
  expect(ruleset.text).toContain("ip daddr @cloud_tcp_2200_v4 tcp dport 2200 accept");
  const address = page.url();
  await page.goto(address);
  const json = await downloadAs(page, "JSON");
  expect(JSON.parse(json.text)).toMatchObject({ instance: "Europe 01", rules: [{ host: "redirect.juniper.net", ports: [443] }, {}, { host: "oc-term.eu.mist.com", ports: [2200], need: "required" }] });
}

async function openFirewall(page: Page) {
  await openSignedIn(page, tidewaterMembers.observer, "/");
  await page.waitForURL(/\/orgs\/[\da-f-]{36}/);
  const path = `${/\/orgs\/[\da-f-]{36}/.exec(page.url())?.[0]}/firewall`;
  await page.goto(path);
  return path;
}

test("ORG-30: an observer finds the rules of switches in Europe by the keyboard, and copies them", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openSignedIn(page, tidewaterMembers.observer, "/");
  await page.waitForURL(/\/orgs\/[\da-f-]{36}/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("firewall");
  await page.getByRole("option", { name: "Firewall Requirements" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/firewall$/);
  await page.getByRole("button", { name: "Instance: Global 01" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Europe 01" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/instance=europe-01/);
  await page.getByRole("button", { name: "For", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("EX Switches").focus();
  await page.keyboard.press("Space");
  await page.waitForURL(/for=switches/);
  await expect(page.getByText("3 rules")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Copy rules" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Rules copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Outbound\tTCP\t443\tredirect\.juniper\.net\tRequired\tEX Switches\t[^\n]+\n[^\n]+\nOutbound\tTCP\t2200\toc-term\.eu\.mist\.com\t[^\n]+$/);
});

test("ORG-30: the rules of an instance are chosen and downloaded", async ({ page }) => {
  await openFirewall(page);
  await chooseAndDownload(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ORG-30: the rules of an instance are chosen and downloaded", async ({ page }) => {
    await openFirewall(page);
    await chooseAndDownload(page);
  });
});

test("ORG-30: what is not published says so; the settings lead to the list, which is accessible at 320 px", async ({ page }) => {
  const path = await openFirewall(page);
  await page.goto(`${path}?instance=federal`);
  await expect(page.getByRole("heading", { name: "No hosts listed" })).toBeVisible();
  await openSignedIn(page, tidewaterMembers.superUser, path.replace(/firewall$/, "settings"));
  await page.getByRole("link", { name: "Firewall Requirements" }).click();
  await page.waitForURL(/\/firewall$/);
  for (const at of [path, `${path}?instance=federal`]) {
    await page.goto(at);
    await expect(page.getByRole("main")).toBeVisible();
    await expectAccessibleOnPhone(page, 320);
  }
});
