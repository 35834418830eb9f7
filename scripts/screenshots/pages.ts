import type { Page } from "@playwright/test";
import type { Beside } from "./portal.ts";
import { comeSecond, securityShots } from "./security.ts";
import { twoFactorShots } from "./two-factor.ts";

export type Shot = {
  name: string;
  /** Email of the signed-in person; undefined for a visitor. */
  who?: string;
  /** The path, with route parameters in brackets. */
  at: string;
  answers?: number;
  /** Steps before the screenshot. */
  act?: (page: Page, runSql: Beside) => Promise<void>;
  /** Only the first viewport height. */
  fold?: boolean;
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

const visitor: Shot[] = [
  { name: "sign-in", at: "/sign-in" },
  { name: "sign-in-org", at: "/sign-in?org=[org]" },
  { name: "sign-in-error", at: "/sign-in", act: press("Sign in") },
  {
    name: "sign-in-refused",
    at: "/sign-in",
    act: async (page) => {
      await page.locator("[name=email]").fill("nobody@tidewater.example");
      await page.locator("[name=password]").fill("not the password");
      await press("Sign in")(page);
    },
  },
  { name: "google-refused", at: "/google/refused" },
  { name: "google-suspended", at: "/google/refused?why=suspended" },
  { name: "sign-in-again", at: "/sign-in/code" },
  { name: "create-account", at: "/create-account" },
  { name: "create-account-error", at: "/create-account", act: press("Create Account") },
  { name: "create-account-sent", at: "/create-account/sent" },
  { name: "verify", at: "/verify/[verify]" },
  { name: "verify-dead", at: "/verify/no-such-link" },
  { name: "verify-email", at: "/verify/email/[newAddress]" },
  { name: "verify-email-dead", at: "/verify/email/no-such-link" },
  { name: "recover", at: "/recover" },
  { name: "recover-sent", at: "/recover/sent" },
  { name: "reset", at: "/reset/[reset]" },
  { name: "reset-error", at: "/reset/[reset]", act: press("Set new password") },
  { name: "reset-dead", at: "/reset/no-such-link" },
  { name: "invite", at: "/invite/[invite]" },
  { name: "invite-dead", at: "/invite/no-such-link" },
  { name: "invite-login-dead", at: "/invite/login/no-such-link" },
  { name: "mailbox", at: "/mailbox", fold: true },
  { name: "not-found", at: "/no-such-page", answers: 404 },
];

const organization: Shot[] = [
  { name: "organization", at: "/orgs/[org]" },
  { name: "organization-new", at: "/orgs/new" },
  { name: "organization-new-error", at: "/orgs/new", act: press("Create Organization") },
  { name: "account", at: "/account" },
  {
    name: "account-error",
    at: "/account",
    act: async (page) => {
      await page.locator("[name=firstName]").fill("");
      await page.locator("[name=password]").fill("amber-Quay-7");
      await press("Save")(page);
    },
  },
  { name: "account-email", at: "/account?dialog=email", fold: true },
  { name: "account-notifications", at: "/account?dialog=notifications", fold: true },
  { name: "account-notifications-search", at: "/account?dialog=notifications&search=nowhere", fold: true },
  { name: "account-google-enable", at: "/account?dialog=google", fold: true },
  { name: "account-end-sessions", at: "/account?dialog=end-sessions", fold: true },
  { name: "account-utilities", at: "/account", act: open("Utilities"), fold: true },
  { name: "account-organization", at: "/account?dialog=organization", fold: true },
  { name: "account-export", at: "/account?dialog=export", fold: true },
  { name: "account-delete", at: "/account?dialog=delete", fold: true },
  { name: "account-menu", at: "/orgs/[org]/sites", act: open("Mara Okafor"), fold: true },
  { name: "find", at: "/orgs/[org]/sites", act: (page) => page.keyboard.press("Control+k"), fold: true },
  { name: "find-page", at: "/orgs/[org]/find?q=ber" },
];

const sites: Shot[] = [
  { name: "sites", at: "/orgs/[org]/sites" },
  { name: "sites-search", at: "/orgs/[org]/sites?search=berlin" },
  { name: "sites-empty", at: "/orgs/[org]/sites?search=nowhere" },
  { name: "sites-filter", at: "/orgs/[org]/sites", act: open("Countries"), fold: true },
  { name: "sites-saved", at: "/orgs/[org]/sites?notice=site-created", fold: true },
  { name: "site", at: "/orgs/[org]/sites/[site]" },
  { name: "site-conflict", at: "/orgs/[org]/sites/[contested]", act: comeSecond },
  { name: "site-delete", at: "/orgs/[org]/sites/[site]?dialog=delete", fold: true },
  { name: "site-new", at: "/orgs/[org]/sites/new" },
  { name: "site-new-error", at: "/orgs/[org]/sites/new", act: press("Create Site") },
];

const administrators: Shot[] = [
  { name: "administrators", at: "/orgs/[org]/administrators" },
  { name: "administrators-empty", at: "/orgs/[org]/administrators?search=nobody" },
  { name: "administrators-filter", at: "/orgs/[org]/administrators", act: open("Roles"), fold: true },
  { name: "administrator", at: "/orgs/[org]/administrators/[administrator]" },
  { name: "administrator-invited", at: "/orgs/[org]/administrators/[invited]" },
  { name: "administrator-revoke", at: "/orgs/[org]/administrators/[administrator]?dialog=revoke", fold: true },
  { name: "administrator-more", at: "/orgs/[org]/administrators/[administrator]", act: open("More"), fold: true },
  { name: "administrator-sessions", at: "/orgs/[org]/administrators/[administrator]?dialog=sessions", fold: true },
  { name: "administrator-reset", at: "/orgs/[org]/administrators/[administrator]?dialog=reset", fold: true },
  { name: "administrator-resend", at: "/orgs/[org]/administrators/[invited]?dialog=resend", fold: true },
  { name: "administrator-cancel", at: "/orgs/[org]/administrators/[invited]?dialog=cancel", fold: true },
  { name: "administrator-invite", at: "/orgs/[org]/administrators/invite" },
  { name: "administrator-invite-error", at: "/orgs/[org]/administrators/invite", act: press("Invite") },
];

const auditLog: Shot[] = [
  { name: "audit-log", at: "/orgs/[org]/audit-log" },
  { name: "audit-log-week", at: "/orgs/[org]/audit-log?period=7d", fold: true },
  { name: "audit-log-empty", at: "/orgs/[org]/audit-log?message=nothing+like+this" },
  { name: "audit-log-periods", at: "/orgs/[org]/audit-log", act: open("Today"), fold: true },
  { name: "audit-log-admins", at: "/orgs/[org]/audit-log", act: open("Admins"), fold: true },
  { name: "audit-log-entry", at: "/orgs/[org]/audit-log?entry=[entry]", fold: true },
];

const as = (who: string | undefined, shots: Shot[]) => shots.map((shot) => ({ ...shot, who }));

/** Screenshots of all pages. New pages are added here. */
export const shots: readonly Shot[] = [
  ...visitor,
  ...twoFactorShots,
  ...securityShots,
  ...as(mara, [...organization, ...sites, ...administrators, ...auditLog]),
  ...as(pia, [{ name: "welcome-notice", at: "/welcome/notice" }]),
  ...as(greta, [{ name: "welcome-privacy", at: "/welcome/privacy" }]),
  ...as(otto, [
    { name: "welcome-password", at: "/welcome/password", act: acceptNotice },
    { name: "welcome-password-error", at: "/welcome/password", act: press("Change password") },
  ]),
  ...as(sofie, [
    { name: "organizations", at: "/orgs" },
    { name: "account-google-linked", at: "/account" },
    { name: "account-notifications-of-several", at: "/account?dialog=notifications", fold: true },
    { name: "account-google-disable", at: "/account?dialog=google", fold: true },
    { name: "account-ways", at: "/account?dialog=login-methods", fold: true },
    { name: "account-passkey", at: "/account?dialog=passkey", fold: true },
    { name: "account-passkey-rename", at: "/account?dialog=rename-passkey&passkey=[passkey]", fold: true },
    { name: "account-passkey-remove", at: "/account?dialog=remove-passkey&passkey=[passkey]", fold: true },
  ]),
  ...as(priya, [
    { name: "scoped-sites", at: "/orgs/[org]/sites" },
    { name: "scoped-administrators", at: "/orgs/[org]/administrators" },
    { name: "scoped-audit-log", at: "/orgs/[org]/audit-log" },
  ]),
  ...as(tomasz, [
    { name: "observer-sites", at: "/orgs/[org]/sites" },
    { name: "observer-refused", at: "/orgs/[org]/audit-log", answers: 403 },
  ]),
];

/** Screenshots of a portal without Google sign-in. */
export const shotsWithoutGoogle: readonly Shot[] = [
  { name: "sign-in-without-google", at: "/sign-in" },
  ...as(mara, [{ name: "account-without-google", at: "/account" }]),
];

/** The screenshot at the top of the README. */
export const cover: Shot = { name: "portal", who: mara, at: "/orgs/[org]/audit-log", fold: true };
