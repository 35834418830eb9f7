import type { Page } from "@playwright/test";
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

const visitor: Screenshot[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-in-org", path: "/sign-in?org=[org]" },
  { name: "sign-in-error", path: "/sign-in", prepare: press("Sign in") },
  {
    name: "sign-in-refused",
    path: "/sign-in",
    prepare: async (page) => {
      await page.locator("[name=email]").fill("nobody@tidewater.example");
      await page.locator("[name=password]").fill("not the password");
      await press("Sign in")(page);
    },
  },
  { name: "google-refused", path: "/google/refused" },
  { name: "google-suspended", path: "/google/refused?why=suspended" },
  { name: "sign-in-again", path: "/sign-in/code" },
  { name: "create-account", path: "/create-account" },
  { name: "create-account-error", path: "/create-account", prepare: press("Create Account") },
  { name: "create-account-sent", path: "/create-account/sent" },
  { name: "verify", path: "/verify/[verify]" },
  { name: "verify-dead", path: "/verify/no-such-link" },
  { name: "verify-email", path: "/verify/email/[newAddress]" },
  { name: "verify-email-dead", path: "/verify/email/no-such-link" },
  { name: "recover", path: "/recover" },
  { name: "recover-sent", path: "/recover/sent" },
  { name: "reset", path: "/reset/[reset]" },
  { name: "reset-error", path: "/reset/[reset]", prepare: press("Set new password") },
  { name: "reset-dead", path: "/reset/no-such-link" },
  { name: "invite", path: "/invite/[invite]" },
  { name: "invite-dead", path: "/invite/no-such-link" },
  { name: "invite-login-dead", path: "/invite/login/no-such-link" },
  { name: "mailbox", path: "/mailbox", viewportOnly: true },
  { name: "not-found", path: "/no-such-page", expectedStatus: 404 },
];

const organization: Screenshot[] = [
  { name: "organization", path: "/orgs/[org]" },
  { name: "organization-new", path: "/orgs/new" },
  { name: "organization-new-error", path: "/orgs/new", prepare: press("Create Organization") },
  { name: "account", path: "/account" },
  {
    name: "account-error",
    path: "/account",
    prepare: async (page) => {
      await page.locator("[name=firstName]").fill("");
      await page.locator("[name=password]").fill("amber-Quay-7");
      await press("Save")(page);
    },
  },
  { name: "account-email", path: "/account?dialog=email", viewportOnly: true },
  { name: "account-notifications", path: "/account?dialog=notifications", viewportOnly: true },
  { name: "account-notifications-search", path: "/account?dialog=notifications&search=nowhere", viewportOnly: true },
  { name: "account-google-enable", path: "/account?dialog=google", viewportOnly: true },
  { name: "account-end-sessions", path: "/account?dialog=end-sessions", viewportOnly: true },
  { name: "account-utilities", path: "/account", prepare: open("Utilities"), viewportOnly: true },
  { name: "account-organization", path: "/account?dialog=organization", viewportOnly: true },
  { name: "account-export", path: "/account?dialog=export", viewportOnly: true },
  { name: "account-delete", path: "/account?dialog=delete", viewportOnly: true },
  { name: "account-menu", path: "/orgs/[org]/sites", prepare: open("Mara Okafor"), viewportOnly: true },
  { name: "find", path: "/orgs/[org]/sites", prepare: (page) => page.keyboard.press("Control+k"), viewportOnly: true },
  { name: "find-page", path: "/orgs/[org]/find?q=ber" },
];

const sites: Screenshot[] = [
  { name: "sites", path: "/orgs/[org]/sites" },
  { name: "sites-search", path: "/orgs/[org]/sites?search=berlin" },
  { name: "sites-empty", path: "/orgs/[org]/sites?search=nowhere" },
  { name: "sites-filter", path: "/orgs/[org]/sites", prepare: open("Countries"), viewportOnly: true },
  { name: "sites-saved", path: "/orgs/[org]/sites?notice=site-created", viewportOnly: true },
  { name: "site", path: "/orgs/[org]/sites/[site]" },
  { name: "site-conflict", path: "/orgs/[org]/sites/[contested]", prepare: causeSaveConflict },
  { name: "site-delete", path: "/orgs/[org]/sites/[site]?dialog=delete", viewportOnly: true },
  { name: "site-new", path: "/orgs/[org]/sites/new" },
  { name: "site-new-error", path: "/orgs/[org]/sites/new", prepare: press("Create Site") },
];

const administrators: Screenshot[] = [
  { name: "administrators", path: "/orgs/[org]/administrators" },
  { name: "administrators-empty", path: "/orgs/[org]/administrators?search=nobody" },
  { name: "administrators-filter", path: "/orgs/[org]/administrators", prepare: open("Roles"), viewportOnly: true },
  { name: "administrator", path: "/orgs/[org]/administrators/[administrator]" },
  { name: "administrator-invited", path: "/orgs/[org]/administrators/[invited]" },
  { name: "administrator-revoke", path: "/orgs/[org]/administrators/[administrator]?dialog=revoke", viewportOnly: true },
  { name: "administrator-more", path: "/orgs/[org]/administrators/[administrator]", prepare: open("More"), viewportOnly: true },
  { name: "administrator-sessions", path: "/orgs/[org]/administrators/[administrator]?dialog=sessions", viewportOnly: true },
  { name: "administrator-reset", path: "/orgs/[org]/administrators/[administrator]?dialog=reset", viewportOnly: true },
  { name: "administrator-resend", path: "/orgs/[org]/administrators/[invited]?dialog=resend", viewportOnly: true },
  { name: "administrator-cancel", path: "/orgs/[org]/administrators/[invited]?dialog=cancel", viewportOnly: true },
  { name: "administrator-invite", path: "/orgs/[org]/administrators/invite" },
  { name: "administrator-invite-error", path: "/orgs/[org]/administrators/invite", prepare: press("Invite") },
];

const auditLog: Screenshot[] = [
  { name: "audit-log", path: "/orgs/[org]/audit-log" },
  { name: "audit-log-week", path: "/orgs/[org]/audit-log?period=7d", viewportOnly: true },
  { name: "audit-log-empty", path: "/orgs/[org]/audit-log?message=nothing+like+this" },
  { name: "audit-log-periods", path: "/orgs/[org]/audit-log", prepare: open("Today"), viewportOnly: true },
  { name: "audit-log-admins", path: "/orgs/[org]/audit-log", prepare: open("Admins"), viewportOnly: true },
  { name: "audit-log-entry", path: "/orgs/[org]/audit-log?entry=[entry]", viewportOnly: true },
];

const as = (who: string | undefined, shots: Screenshot[]) => shots.map((shot) => ({ ...shot, who }));

/** Screenshots of all pages. New pages are added here. */
export const screenshots: readonly Screenshot[] = [
  ...visitor,
  ...twoFactorScreenshots,
  ...reauthenticationScreenshots,
  ...as(mara, [...organization, ...sites, ...administrators, ...auditLog]),
  ...as(pia, [{ name: "welcome-notice", path: "/welcome/notice" }]),
  ...as(greta, [{ name: "welcome-privacy", path: "/welcome/privacy" }]),
  ...as(otto, [
    { name: "welcome-password", path: "/welcome/password", prepare: acceptNotice },
    { name: "welcome-password-error", path: "/welcome/password", prepare: press("Change password") },
  ]),
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
