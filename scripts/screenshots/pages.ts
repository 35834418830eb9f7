import type { Page } from "@playwright/test";
import type { AreaScreenshot } from "../../lib/shared/define-area.ts";
import { listedPart } from "../../lib/shared/registry.ts";
import type { RunSql } from "./portal.ts";
import { causeSaveConflict, reauthenticationScreenshots } from "./reauthentication.ts";
import { twoFactorScreenshots } from "./two-factor.ts";

export type Screenshot = {
  name: string;
  /** Email of the signed-in person; undefined for a visitor. */
  user?: string;
  /** The path, with route parameters in brackets. */
  path: string;
  expectedStatus?: number;
  /** Steps before the screenshot. */
  prepare?: (page: Page, runSql: RunSql) => Promise<void>;
  /** Only the first viewport height. */
  viewportOnly?: boolean;
};

const mara = "mara.okafor@tidewater.example";
const priya = "priya.raman@tidewater.example";
const tomasz = "tomasz.nowak@tidewater.example";
const pia = "pia.lorenz@railhead.example";
const greta = "greta.holm@lantern.example";
const otto = "otto.keller@railhead.example";
const noa = "noa.lindgren@halyard.example";
const sofie = "sofie.brandt@tidewater.example";

const press = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name, exact: true }).click();
  await page.locator("[aria-invalid=true], [data-form-error]").first().waitFor();
};

const open = (name: string | RegExp) => async (page: Page) => {
  await page.locator("summary, button", { hasText: name }).first().click();
};

/** Accepts the login terms if they are pending, to get to the next step. */
const acceptNotice = async (page: Page) => {
  if (!page.url().includes("/notice")) return;
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL(/welcome\/password/);
};

/** A screenshot that an area declares: of a visitor or of a Super User. */
const declared = ({ visitor, press: button, open: menu, ...shot }: AreaScreenshot): Screenshot => ({
  ...shot,
  user: visitor ? undefined : mara,
  prepare: button ? press(button) : menu ? open(menu) : undefined,
});

const signInRefused = async (page: Page) => {
  await page.locator("[name=email]").fill("nobody@tidewater.example");
  await page.locator("[name=password]").fill("not the password");
  await press("Sign in")(page);
};

const saveInvalidAccount = async (page: Page) => {
  await page.locator("[name=firstName]").fill("");
  await page.locator("[name=password]").fill("amber-Quay-7");
  await press("Save")(page);
};

const as = (user: string, shots: Screenshot[]) => shots.map((shot) => ({ ...shot, user }));

/** Screenshots of all pages: those that the areas declare, and those that need steps or other people. */
export const screenshots: readonly Screenshot[] = [
  ...listedPart("screenshots").map(declared),
  { name: "sign-in-refused", path: "/sign-in", prepare: signInRefused },
  { name: "not-found", path: "/no-such-page", expectedStatus: 404 },
  ...twoFactorScreenshots,
  ...reauthenticationScreenshots,
  ...as(mara, [
    { name: "account-error", path: "/account", prepare: saveInvalidAccount },
    { name: "account-menu", path: "/orgs/[org]/sites", prepare: open("Mara Okafor"), viewportOnly: true },
    { name: "find", path: "/orgs/[org]/sites", prepare: (page) => page.keyboard.press("Control+k"), viewportOnly: true },
    { name: "site-conflict", path: "/orgs/[org]/sites/[contested]", prepare: causeSaveConflict },
  ]),
  ...as(pia, [{ name: "welcome-notice", path: "/welcome/notice" }]),
  ...as(greta, [{ name: "welcome-privacy", path: "/welcome/privacy" }]),
  ...as(otto, [
    { name: "welcome-password", path: "/welcome/password", prepare: acceptNotice },
    { name: "welcome-password-error", path: "/welcome/password", prepare: press("Change password") },
  ]),
  ...as(noa, [{ name: "service-provider", path: "/msp/[msp]" }]),
  ...as(sofie, [
    { name: "organizations", path: "/orgs" },
    { name: "account-google-linked", path: "/account" },
    { name: "account-notifications-of-several", path: "/account?dialog=notifications", viewportOnly: true },
    { name: "account-google-disable", path: "/account?dialog=google", viewportOnly: true },
    { name: "account-ways", path: "/account?dialog=login-methods", viewportOnly: true },
    { name: "account-passkey", path: "/account?dialog=passkey", viewportOnly: true },
    { name: "account-passkey-rename", path: "/account?dialog=rename-passkey&passkey=[passkey]", viewportOnly: true },
    { name: "account-passkey-remove", path: "/account?dialog=remove-passkey&passkey=[passkey]", viewportOnly: true },
  ]),
  ...as(priya, [
    { name: "scoped-sites", path: "/orgs/[org]/sites" },
    { name: "scoped-administrators", path: "/orgs/[org]/administrators" },
    { name: "scoped-audit-log", path: "/orgs/[org]/audit-log" },
  ]),
  ...as(tomasz, [
    { name: "observer-sites", path: "/orgs/[org]/sites" },
    { name: "observer-refused", path: "/orgs/[org]/audit-log", expectedStatus: 403 },
  ]),
];

/** Screenshots of a portal without Google sign-in. */
export const screenshotsWithoutGoogle: readonly Screenshot[] = [
  { name: "sign-in-without-google", path: "/sign-in" },
  ...as(mara, [{ name: "account-without-google", path: "/account" }]),
];

/** The screenshot at the top of the README. */
export const cover: Screenshot = { name: "portal", user: mara, path: "/orgs/[org]/audit-log", viewportOnly: true };
