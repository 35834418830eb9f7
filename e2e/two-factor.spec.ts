import type { Locator, Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { type HttpClient, fillForm, newHttpClient, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { clearSession, openSignedIn, signIn, tabTo } from "./setup/pages.ts";
import { newOwner, type Owner } from "./setup/test-data.ts";
import { ageSessions } from "./setup/time.ts";
import { enableTwoFactor, readTotpSeed, totpCode, totpSeedIn } from "./setup/two-factor.ts";

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 });
const codeField = (page: Page, name: "Token" | "Code") => page.getByRole("textbox", { name });

/** Allows the current code to be used again, as if 30 seconds had passed. */
const allowSameCode = ({ accountId }: Owner) =>
  inDatabase((sql) => sql`update totp_credentials set last_step = 0 where account_id = ${accountId}`);

const requireTwoFactor = ({ orgId }: Owner) => inDatabase((sql) => sql`update organizations set settings = '{"password_policy": {"enabled": true, "requires_two_factor_auth": true}}' where id = ${orgId}`);

const sessionsOf = ({ accountId }: Owner) =>
  inDatabase(async (sql) => (await sql`select 1 from sessions where account_id = ${accountId} and revoked_at is null`).length);

/** Six digits need no button where the script runs. */
async function fillCode(field: Locator, code: string, button: Locator, hasScript: boolean) {
  await field.fill(code);
  if (!hasScript || code.length > 7) await button.click();
}

async function enterCode(page: Page, code: string, hasScript: boolean) {
  await expect(heading(page, "Enter a code")).toBeVisible();
  await expect(codeField(page, "Code")).toBeFocused();
  await fillCode(codeField(page, "Code"), code, page.getByRole("button", { name: "Sign in", exact: true }), hasScript);
}

/** Reads the key, enters a token and stores the recovery codes. */
async function verify(page: Page, hasScript: boolean): Promise<{ seed: string; codes: string[] }> {
  await expect(heading(page, /Verification of Two Factor Authentication$/)).toBeVisible();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const seed = await readTotpSeed(page);
  await fillCode(codeField(page, "Token"), totpCode(seed).replace(/^.../, "$& "), page.getByRole("button", { name: "Verify" }), hasScript);
  await expect(heading(page, /Recovery codes$/)).toBeVisible();
  const items = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  const codes = await items.allInnerTexts();
  await page.reload();
  await page.getByRole("checkbox", { name: "I have stored these codes" }).check();
  await page.getByRole("button", { name: "Done" }).click();
  return { seed, codes };
}

async function journey(page: Page, { hasScript }: { hasScript: boolean }) {
  const owner = await newOwner("factor");
  await openSignedIn(page, owner.email, "/account");
  await expect(page.getByText("Active", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Set up…" }).click();
  const { seed, codes } = await verify(page, hasScript);
  await expect(page.getByText("your recovery codes are stored")).toBeVisible();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await page.goto("/account/two-factor/codes");
  await expect(page.getByText(codes[0] ?? "")).toHaveCount(0);

  await clearSession(page);
  await allowSameCode(owner);
  await signIn(page, owner.email);
  const code = totpCode(seed);
  await enterCode(page, code, hasScript);
  await expect(heading(page, "Overview")).toBeVisible();

  await clearSession(page);
  await signIn(page, owner.email);
  await enterCode(page, code, hasScript);
  await expect(page.getByText("4 attempts left")).toBeVisible();
  await enterCode(page, (codes[0] ?? "").toLowerCase(), hasScript);
  await expect(heading(page, "Overview")).toBeVisible();
  return { owner, seed, codes };
}

test("ACC-22, MFA-1, MFA-2, MFA-9: two-factor is enabled, used with codes of the app and a recovery code once, and disabled", async ({ page }) => {
  const { codes } = await journey(page, { hasScript: true });
  await page.goto("/account");
  await page.getByRole("link", { name: "Disable", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: "Code" })).toHaveAttribute("inputmode", "numeric");
  await dialog.getByRole("textbox", { name: "Code" }).fill("123456");
  await dialog.getByRole("textbox", { name: "Password" }).fill(demoPassword);
  await dialog.getByRole("button", { name: "Use a recovery code" }).click();
  await expect(dialog.getByRole("textbox", { name: "Recovery code" })).toBeFocused();
  await expect(dialog.getByRole("textbox", { name: "Recovery code" })).toHaveAttribute("inputmode", "text");
  await dialog.getByRole("textbox", { name: "Recovery code" }).fill(codes[0] ?? "");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog.getByText("Wrong or already used code")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Recovery code" }).fill(codes[1] ?? "");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("Two-factor authentication is off")).toBeVisible();
  await expect(page.getByRole("button", { name: "Set up…" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-22, MFA-9: two-factor is enabled and used by plain forms, and recovery codes are shown once", async ({ page }) => {
    const { owner, seed, codes } = await journey(page, { hasScript: false });
    await allowSameCode(owner);
    await page.goto("/account?dialog=recovery-codes");
    await page.getByRole("dialog").getByRole("textbox", { name: "Password" }).fill(demoPassword);
    await page.getByRole("dialog").getByRole("textbox", { name: "Code" }).fill(totpCode(seed));
    await page.getByRole("button", { name: "Create new codes" }).click();
    await expect(page.getByRole("list", { name: "Recovery codes" })).not.toContainText(codes[0] ?? "");
    const fresh = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
    expect(new Set([...fresh, ...codes]).size).toBe(20);
    await page.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText("Store the codes first")).toBeVisible();
    await expect(page.getByText(fresh[0] ?? "")).toBeVisible();
  });
});

test("ACC-22, ACC-23: required two-factor is set up and used by keyboard, on accessible pages", async ({ page }) => {
  const owner = await newOwner("keys");
  await requireTwoFactor(owner);
  await signIn(page, owner.email);
  await expect(page.getByText(`${owner.organization} requires two-factor authentication`)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await tabTo(page, /^Set up…$/);
  await page.keyboard.press("Enter");
  await expect(heading(page, /Verification/)).toBeVisible();
  await expectAccessible(page);
  const seed = await readTotpSeed(page);
  await page.keyboard.press("Tab");
  await tabTo(page, /^Token/);
  await page.keyboard.type(totpCode(seed));
  await expect(heading(page, /Recovery codes$/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await tabTo(page, /I have stored these codes/);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Overview")).toBeVisible();

  await clearSession(page);
  await allowSameCode(owner);
  await signIn(page, owner.email);
  await expect(heading(page, "Enter a code")).toBeVisible();
  await expectAccessible(page);
  await expect(codeField(page, "Code")).toBeFocused();
  await page.keyboard.type(totpCode(seed));
  await expect(heading(page, "Overview")).toBeVisible();
});

/** A client that has entered the password but not the code, and the TOTP seed. */
async function passwordOnlyClient(baseURL: string | undefined) {
  const owner = await newOwner("half");
  const signedIn = await signedInClient(baseURL, owner.email);
  const seed = await enableTwoFactor(signedIn);
  await allowSameCode(owner);
  const pending = newHttpClient(baseURL);
  const { status, location } = await pending.send(fillForm(await pending.formOn("/sign-in", "Sign in"), { email: owner.email, password: demoPassword }));
  expect([status, location]).toEqual([303, "/sign-in/code"]);
  expect([...pending.jar.keys()].filter((name) => name.includes("session"))).toEqual([]);
  return { owner, signedIn, pending, seed };
}

const expectClosed = async (client: HttpClient, path: string) => {
  const { status, location, body } = await client.get(path);
  expect([307, 404], path).toContain(status);
  if (status === 307) expect(location, path).toMatch(/^\/sign-in/);
  expect(body, path).not.toContain("Primary Site");
};

test("MFA-5: between password and code only the page for the code is available", async ({ baseURL }) => {
  const { owner, signedIn, pending } = await passwordOnlyClient(baseURL);
  const org = `/orgs/${owner.orgId}`;
  const pages = ["/orgs", "/orgs/new", org, `${org}/sites`, `${org}/sites/new`, `${org}/administrators`, `${org}/administrators/invite`, `${org}/audit-log`, "/account", "/account/two-factor", "/account/two-factor/codes", "/welcome/privacy", "/welcome/password"];
  for (const path of pages) {
    await expectClosed(pending, path);
    const { status, body } = await pending.payload(path);
    expect([status, body.includes(owner.email)], `payload of ${path}`).not.toEqual([200, true]);
  }
  for (const path of [`${org}/sites/download`, `${org}/administrators/download`, `${org}/audit-log/download`]) expect((await pending.get(path)).status, path).toBe(401);
  expect([401, 307]).toContain((await pending.get(`${org}/find?q=a`)).status);

  const forms = [
    fillForm(await signedIn.formOn(`${org}/sites/new`, "Create Site"), { name: "Half a site", country: "DE", timeZone: "Europe/Berlin" }),
    fillForm(await signedIn.formOn(`${org}/administrators/invite`, "Invite"), { email: "half@example.test", firstName: "A", lastName: "B", role: "observer", scope: "all" }),
    fillForm(await signedIn.formOn("/orgs/new", "Create Organization"), { name: "Half an organization" }),
    fillForm(await signedIn.formOn("/account", "Save"), { firstName: "Half" }),
    fillForm(await signedIn.formOn("/account?dialog=two-factor-off", "Disable"), { password: demoPassword, code: "123456" }),
    fillForm(await signedIn.formOn("/account?dialog=recovery-codes", "Create new codes"), { password: demoPassword, code: "123456" }),
  ];
  for (const form of forms) {
    expect((await pending.call(form)).status, form.path).toBe(401);
    expect((await pending.send(form)).location, form.path).not.toMatch(/^\/(orgs|account)/);
  }
  const { body } = await signedIn.get(`${org}/sites`);
  expect(body).not.toContain("Half a site");
  expect(await inDatabase((sql) => sql`select 1 from accounts where id = ${owner.accountId} and first_name = 'Half'`)).toHaveLength(0);
  expect((await pending.get("/sign-in/code")).body).toContain(owner.email);
});

test("MFA-2: of twenty parallel submissions of one valid code, one opens a session", async ({ baseURL }) => {
  const { owner, pending, seed } = await passwordOnlyClient(baseURL);
  const before = await sessionsOf(owner);
  const form = fillForm(await pending.formOn("/sign-in/code", "Sign in"), { code: totpCode(seed) });
  const copies = Array.from({ length: 20 }, () => newHttpClient(baseURL, pending.jar));
  const answers = await Promise.all(copies.map((copy) => copy.send(form)));
  expect(answers.filter(({ location }) => location.startsWith("/orgs"))).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(before + 1);
});

test("MFA-4, MFA-5: five wrong codes, another browser or expiry lead back to the password", async ({ baseURL }) => {
  const { owner, pending, seed } = await passwordOnlyClient(baseURL);
  const form = fillForm(await pending.formOn("/sign-in/code", "Sign in"), { code: totpCode(seed) });
  const otherClient = newHttpClient(baseURL);
  expect((await otherClient.get("/sign-in/code")).body).toContain("Sign in again");
  expect([(await otherClient.send(form)).location, [...otherClient.jar.keys()].length]).toEqual(["/sign-in/code", 0]);

  const late = newHttpClient(baseURL);
  await late.send(fillForm(await late.formOn("/sign-in", "Sign in"), { email: owner.email, password: demoPassword }));
  await inDatabase((sql) => sql`update auth_challenges set expires_at = now() where account_id = ${owner.accountId} and id = (select max(id::text)::uuid from auth_challenges where account_id = ${owner.accountId})`);
  expect((await late.send(form)).location).toBe("/sign-in/code");

  const wrong = fillForm(form, { code: "2222-3333-4444-5555" });
  for (let tries = 1; tries < 5; tries += 1) expect((await pending.send(wrong)).body).toMatch(/attempts? left/);
  const last = newHttpClient(baseURL, pending.jar);
  expect((await pending.send(wrong)).location).toBe("/sign-in/code");
  expect((await last.send(form)).location).toBe("/sign-in/code");
  expect((await pending.get("/sign-in/code")).body).toContain("Sign in again");
  expect(await sessionsOf(owner)).toBe(1);
});

test("MFA-5, X-5: the page for the code names its sign-in, and is refused once another tab has begun one for somebody else", async ({ baseURL }) => {
  const [ada, bo] = [await passwordOnlyClient(baseURL), await passwordOnlyClient(baseURL)];
  expect((await ada.pending.get("/sign-in/code")).body).toContain(`Signing in as ${ada.owner.email}`);
  const form = fillForm(await ada.pending.formOn("/sign-in/code", "Sign in"), { code: totpCode(ada.seed) });
  await ada.pending.send(fillForm(await ada.pending.formOn("/sign-in", "Sign in"), { email: bo.owner.email, password: demoPassword }));
  const refused = await ada.pending.send(form);
  expect(refused.status).toBe(200);
  expect(refused.body).toContain(`A sign-in as ${bo.owner.email} was started in this browser after this page was opened`);
  expect(refused.body).toContain(`Signing in as ${bo.owner.email}`);
  expect([await sessionsOf(ada.owner), await sessionsOf(bo.owner)]).toEqual([1, 1]);
  const current = fillForm(await ada.pending.formOn("/sign-in/code", "Sign in"), { code: totpCode(bo.seed) });
  expect((await ada.pending.send(current)).location).toContain(`/orgs/${bo.owner.orgId}`);
});

test("MFA-7, ACC-23: once an organization requires two-factor, an open session can only set it up", async ({ baseURL }) => {
  const owner = await newOwner("rule");
  const org = `/orgs/${owner.orgId}`;
  const client = await signedInClient(baseURL, owner.email);
  const create = fillForm(await client.formOn(`${org}/sites/new`, "Create Site"), { name: "Too late", country: "DE", timeZone: "Europe/Berlin" });
  const save = fillForm(await client.formOn("/account", "Save"), { firstName: "Late" });
  await requireTwoFactor(owner);

  for (const path of ["/orgs", org, `${org}/sites`, `${org}/audit-log`, `${org}/administrators`, "/orgs/new", "/welcome/privacy"]) {
    const { status, location } = await client.get(path);
    expect([status, location], path).toEqual([307, expect.stringMatching(/^\/account/)]);
  }
  for (const path of ["sites/download", "administrators/download", "audit-log/download"]) expect((await client.get(`${org}/${path}`)).status, path).toBe(401);
  for (const form of [create, save]) expect((await client.call(form)).status, form.path).toBe(401);
  const { body } = await client.get("/account");
  expect(body).toContain(`${owner.organization} requires`);
  expect(body).not.toContain("First Name");

  const begun = await client.send(await client.formOn(`/account?next=${encodeURIComponent(`${org}/audit-log`)}`, "Set up…"));
  const page = await client.get(begun.location);
  const code = totpCode(totpSeedIn(page.body));
  const verified = await client.send(fillForm(await client.formOn(begun.location, "Verify"), { code }));
  const stored = await client.send(fillForm(await client.formOn(verified.location, "Done"), { stored: "true" }));
  expect([stored.status, stored.location]).toEqual([303, `${org}/audit-log`]);
  expect((await client.get(`${org}/audit-log?period=24h`)).body).toContain("Enabled two-factor authentication");
  const refused = await client.get("/account?dialog=two-factor-off");
  expect(refused.body).toContain(`${owner.organization} requires`);
});

test("SES-11, MFA-1: eleven minutes after sign-in the key is hidden and cannot be verified until re-authentication", async ({ baseURL }) => {
  const owner = await newOwner("stale");
  const client = await signedInClient(baseURL, owner.email);
  await client.send(await client.formOn("/account/two-factor", "Set up…"));
  const form = await client.formOn("/account/two-factor", "Verify");
  const shownSeed = async () => totpSeedIn((await client.get("/account/two-factor")).body);
  const seed = await shownSeed();
  expect(seed).not.toBe("");
  await ageSessions(owner.email, { reauthenticated_at: 11 });

  expect(await shownSeed()).toBe("");
  expect((await client.send(fillForm(form, { code: totpCode(seed) }))).location).toBe("/account/two-factor");
  expect(await inDatabase((sql) => sql`select 1 from totp_credentials where account_id = ${owner.accountId} and verified_at is not null`)).toHaveLength(0);

  await client.send(fillForm(await client.formOn("/account/two-factor", "Confirm"), { password: demoPassword }));
  expect(await shownSeed()).toBe(seed);
  const verified = await client.send(fillForm(await client.formOn("/account/two-factor", "Verify"), { code: totpCode(seed) }));
  expect(verified.location).toBe("/account/two-factor/codes");
});
