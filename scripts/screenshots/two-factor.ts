import { expect, type Page } from "@playwright/test";
import { generateSync } from "otplib";
import { demoPassword } from "../../db/seed/people.ts";
import type { Shot } from "./pages.ts";
import type { Beside } from "./portal.ts";
import { giveKey, takeKey } from "./security.ts";

const henrik = "henrik.dahl@tidewater.example";
let codes: string[] = [];

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const waitForHeading = (page: Page, heading: RegExp) => page.getByRole("heading", { level: 1, name: heading }).waitFor();

async function begin(page: Page) {
  const button = page.getByRole("button", { name: "Begin" });
  if ((await button.count()) > 0) await button.click();
  await page.locator("main code").waitFor();
}

async function verify(page: Page) {
  const seed = (await page.locator("main code").innerText()).replaceAll(" ", "");
  await page.locator("[name=code]").fill(generateSync({ secret: seed }));
  await press(page, "Verify");
  await waitForHeading(page, /Recovery codes/);
  codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);
}

async function confirmStored(page: Page) {
  await page.locator("[name=stored]").check();
  await press(page, "Done");
  await page.getByText("Active", { exact: true }).scrollIntoViewIfNeeded();
}

async function askForCode(page: Page) {
  await page.context().clearCookies({ name: "__Host-signalbox.session" });
  await page.goto("/sign-in");
  await page.locator("[name=email]").fill(henrik);
  await page.locator("[name=password]").fill(demoPassword);
  await press(page, "Sign in");
  await waitForHeading(page, /Enter a code/);
}

async function offerPasskey(page: Page, runSql: Beside) {
  await giveKey(runSql, henrik);
  await page.reload();
  await takeKey(runSql, henrik);
}

async function enterWrongCode(page: Page) {
  await page.locator("[name=code]").fill("2222-3333-4444-5555");
  await press(page, "Sign in");
  await page.getByText("tries are left").waitFor();
}

async function enterRecoveryCode(page: Page) {
  await page.locator("[name=code]").fill(codes[0] ?? "");
  await press(page, "Sign in");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.goto("/account?dialog=two-factor-off");
}

async function disable(page: Page) {
  await page.locator("dialog [name=password]").fill(demoPassword);
  await page.locator("dialog [name=code]").fill(codes[1] ?? "");
  await press(page, "Disable");
  await page.getByText("Two-factor authentication is off").waitFor();
}

const path = "/account/two-factor";

const shots: Shot[] = [
  { name: "two-factor-nothing", at: path },
  { name: "two-factor-verify", at: path, act: begin },
  { name: "two-factor-verify-error", at: path, act: (page) => press(page, "Verify") },
  { name: "two-factor-codes", at: path, act: verify },
  { name: "two-factor-active", at: `${path}/codes`, act: confirmStored, fold: true },
  { name: "two-factor-codes-gone", at: `${path}/codes` },
  { name: "two-factor-renew", at: "/account?dialog=recovery-codes", fold: true },
  { name: "two-factor-sign-in", at: "/account", act: askForCode },
  { name: "two-factor-sign-in-passkey", at: "/sign-in/code", act: offerPasskey },
  { name: "two-factor-sign-in-refused", at: "/sign-in/code", act: enterWrongCode },
  { name: "two-factor-off", at: "/sign-in/code", act: enterRecoveryCode, fold: true },
  { name: "two-factor-disabled", at: "/account?dialog=two-factor-off", act: disable, fold: true },
];

/** In order: each screenshot continues where the previous one ended. */
export const twoFactorShots = shots.map((shot) => ({ ...shot, who: henrik }));
