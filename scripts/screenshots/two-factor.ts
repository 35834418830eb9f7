import { expect, type Page } from "@playwright/test";
import { generateSync } from "otplib";
import { demoPassword } from "../../db/seed/people.ts";
import type { Screenshot } from "./pages.ts";
import type { RunSql } from "./portal.ts";
import { insertPasskey, deletePasskey } from "./reauthentication.ts";

const henrik = "henrik.dahl@tidewater.example";
let codes: string[] = [];

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const waitForHeading = (page: Page, heading: RegExp) => page.getByRole("heading", { level: 1, name: heading }).waitFor();

async function begin(page: Page) {
  const button = page.getByRole("button", { name: "Set up…" });
  if ((await button.count()) > 0) await button.click();
  await page.locator("main code").waitFor();
}

async function verify(page: Page) {
  const seed = (await page.locator("main code").innerText()).replaceAll(" ", "");
  await page.locator("[name=code]").fill(generateSync({ secret: seed }));
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

async function offerPasskey(page: Page, runSql: RunSql) {
  await insertPasskey(runSql, henrik);
  await page.reload();
  await deletePasskey(runSql, henrik);
}

async function enterWrongCode(page: Page) {
  await page.locator("[name=code]").fill("2222-3333-4444-5555");
  await press(page, "Sign in");
  await page.getByText("attempts left").waitFor();
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

const shots: Screenshot[] = [
  { name: "two-factor-nothing", path: path },
  { name: "two-factor-verify", path: path, prepare: begin },
  { name: "two-factor-verify-error", path: path, prepare: (page) => press(page, "Verify") },
  { name: "two-factor-codes", path: path, prepare: verify },
  { name: "two-factor-active", path: `${path}/codes`, prepare: confirmStored, viewportOnly: true },
  { name: "two-factor-codes-gone", path: `${path}/codes` },
  { name: "two-factor-renew", path: "/account?dialog=recovery-codes", viewportOnly: true },
  { name: "two-factor-sign-in", path: "/account", prepare: askForCode },
  { name: "two-factor-sign-in-passkey", path: "/sign-in/code", prepare: offerPasskey },
  { name: "two-factor-sign-in-refused", path: "/sign-in/code", prepare: enterWrongCode },
  { name: "two-factor-off", path: "/sign-in/code", prepare: enterRecoveryCode, viewportOnly: true },
  { name: "two-factor-disabled", path: "/account?dialog=two-factor-off", prepare: disable, viewportOnly: true },
];

/** In order: each screenshot continues where the previous one ended. */
export const twoFactorScreenshots = shots.map((shot) => ({ ...shot, user: henrik }));
