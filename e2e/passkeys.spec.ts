import type { Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { type VirtualAuthenticator, addVirtualAuthenticator } from "../scripts/test/virtual-authenticator.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { ageSessions } from "./setup/time.ts";
import { inDatabase } from "./setup/database.ts";
import { linkInEmail } from "./setup/mail.ts";
import { clearSession, openSignedIn, signIn, tabTo } from "./setup/pages.ts";
import { newPassword } from "./setup/sign-up.ts";
import { addUnusablePasskey, newOwner, type Owner } from "./setup/test-data.ts";
import { readTotpSeed, totpCode } from "./setup/two-factor.ts";

const expectSignedIn = (page: Page) => expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
const dialog = (page: Page) => page.getByRole("dialog");
const alert = (page: Page) => page.getByRole("main").getByRole("alert");
const card = (page: Page) => page.getByRole("region", { name: "Passkeys" });

async function openSignInSignedOut(page: Page) {
  await clearSession(page);
  await page.goto("/sign-in");
}

async function clickPasskeyButton(page: Page, device: VirtualAuthenticator, name = "Sign in with a passkey") {
  await device.setPresence(true);
  await page.getByRole("button", { name }).click();
}

async function addPasskey(page: Page, device: VirtualAuthenticator, name: string) {
  await dialog(page).getByRole("textbox", { name: "Name" }).fill(name);
  await device.setPresence(true);
  await dialog(page).getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Passkey added")).toBeVisible();
  await device.setPresence(false);
}

async function newPasskeyOwner(page: Page, options?: Parameters<typeof addVirtualAuthenticator>[1]) {
  const [owner, device] = [await newOwner("passkey"), await addVirtualAuthenticator(page, options)];
  await openSignedIn(page, owner.email, "/account?dialog=passkey");
  await addPasskey(page, device, "Work laptop");
  return { owner, device };
}

test("ACC-16: a passkey is added, signs in, is renamed and removed, and the device then forgets it", async ({ page }) => {
  const { owner, device } = await newPasskeyOwner(page);
  await expect(card(page).getByText("Not used yet")).toBeVisible();
  await openSignInSignedOut(page);
  await page.goto(`/sign-in?next=${encodeURIComponent(`/orgs/${owner.orgId}/sites?sort=-name`)}`);
  await clickPasskeyButton(page, device);
  await expect(page).toHaveURL(`/orgs/${owner.orgId}/sites?sort=-name`);
  await device.setPresence(false);

  await page.goto("/account");
  await expect(card(page).getByText(/Last used/)).toBeVisible();
  await card(page).getByRole("link", { name: "Rename Work laptop" }).click();
  await dialog(page).getByRole("textbox", { name: "Name" }).fill("Old laptop");
  await dialog(page).getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Passkey renamed")).toBeVisible();
  await card(page).getByRole("link", { name: "Remove Old laptop" }).click();
  await expect(dialog(page).getByText("can no longer sign you in")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Remove passkey" }).click();
  await expect(page.getByText("You have no passkeys yet")).toBeVisible();
  await page.goto(`/orgs/${owner.orgId}/audit-log?period=24h`);
  for (const message of ["Added passkey Work laptop", "Renamed passkey Work laptop", "Removed passkey Old laptop"]) {
    await expect(page.getByText(message)).toBeVisible();
  }
  await expect.poll(device.storedUserNames).toEqual([]);
});

test("ACC-16: a device shows the passkey under the current email address", async ({ page }) => {
  const { owner, device } = await newPasskeyOwner(page);
  expect(await device.storedUserNames()).toEqual([owner.email]);
  await inDatabase((sql) => sql`update accounts set email = ${`moved.${owner.email}`} where id = ${owner.accountId}`);
  await page.goto("/account");
  await expect.poll(device.storedUserNames).toEqual([`moved.${owner.email}`]);
});

test("ACC-16: a passkey that was removed elsewhere does not sign in, and its device removes it", async ({ page }) => {
  const { owner, device } = await newPasskeyOwner(page);
  await openSignInSignedOut(page);
  await inDatabase((sql) => sql`delete from passkeys where account_id = ${owner.accountId}`);
  await clickPasskeyButton(page, device);
  await expect(alert(page)).toHaveText(/No account here has this passkey/);
  await expect(page.getByLabel("Email")).toBeVisible();
  await expect.poll(device.storedUserNames).toEqual([]);
});

test("ACC-16: an expired challenge is renewed without losing what was typed", async ({ page }) => {
  const { device } = await newPasskeyOwner(page);
  await openSignInSignedOut(page);
  await page.clock.install();
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("half-typed@");
  await page.clock.fastForward("04:30");
  await device.setUserVerified(false);
  await clickPasskeyButton(page, device);
  await expect(alert(page)).toHaveText(/dialog was closed/);
  await expect(page.getByLabel("Email")).toHaveValue("half-typed@");
  await page.clock.fastForward("04:30");
  await device.setUserVerified(true);
  await clickPasskeyButton(page, device);
  await expectSignedIn(page);
});

test("ACC-16: a passkey is offered by autofill of the email field and signs in", async ({ page }) => {
  const { device } = await newPasskeyOwner(page, { autofill: true });
  await openSignInSignedOut(page);
  await device.setPresence(true);
  await page.goto("/sign-in");
  await expectSignedIn(page);
});

/** Signs out and in again, up to the page that asks for a code. */
async function openCodePage(page: Page, owner: Owner) {
  await openSignInSignedOut(page);
  await signIn(page, owner.email);
  await expect(page.getByRole("heading", { name: "Enter a code" })).toBeVisible();
}

test("ACC-16, MFA-6: a passkey replaces the code of the second factor, if the account has one", async ({ page }) => {
  const { owner, device } = await newPasskeyOwner(page);
  await page.goto("/account/two-factor");
  await page.getByRole("button", { name: "Set up…" }).click();
  await page.getByRole("textbox", { name: "Token" }).fill(totpCode(await readTotpSeed(page)));
  await page.getByRole("checkbox", { name: "I have stored these codes" }).check();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await openCodePage(page, owner);
  await expectAccessible(page);
  await clickPasskeyButton(page, device, "Use a passkey instead");
  await expectSignedIn(page);
  await device.setPresence(false);

  await inDatabase((sql) => sql`delete from passkeys where account_id = ${owner.accountId}`);
  await openCodePage(page, owner);
  await expect(page.getByRole("button", { name: /passkey/ })).toHaveCount(0);
});

test("ACC-16, SES-11: adding a passkey requires recent authentication", async ({ page }) => {
  const { owner } = await newPasskeyOwner(page);
  await ageSessions(owner.email, { reauthenticated_at: 11 });
  await page.goto("/account?dialog=passkey");
  await expect(dialog(page).getByRole("button", { name: "Continue" })).toHaveCount(0);
  await dialog(page).getByRole("textbox", { name: "Password" }).fill(demoPassword);
  await dialog(page).getByRole("button", { name: "Confirm" }).click();
  await expect(dialog(page).getByRole("button", { name: "Continue" })).toBeVisible();
});

test("SES-11: re-authentication with a passkey by keyboard opens the requested dialog with focus in its field", async ({ page }) => {
  const { owner, device } = await newPasskeyOwner(page);
  await ageSessions(owner.email, { reauthenticated_at: 11 });
  await page.goto("/account?dialog=email");
  await expect(dialog(page).getByRole("textbox", { name: "Password" })).toBeFocused();
  await expect(dialog(page).getByRole("textbox", { name: "New email address" })).toHaveCount(0);
  await expectAccessible(page);
  await device.setUserVerified(false);
  await device.setPresence(true);
  await tabTo(page, /^Use a passkey instead$/);
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("alert")).toHaveText(/dialog was closed or timed out/);
  await device.setUserVerified(true);
  await page.keyboard.press("Enter");
  await expect(dialog(page).locator("[name=email]")).toBeFocused();
  await page.goto(`/orgs/${owner.orgId}/audit-log?period=24h`);
  await expect(page.getByText("Confirmed identity with a passkey")).toBeVisible();
});

test("ACC-16: by keyboard: a missing name, a cancelled prompt and a device that already has a passkey", async ({ page }) => {
  const [owner, device] = [await newOwner("keys"), await addVirtualAuthenticator(page)];
  await openSignedIn(page, owner.email, "/account");
  await tabTo(page, /^Add a passkey$/);
  await page.keyboard.press("Enter");
  const name = dialog(page).getByRole("textbox", { name: "Name" });
  await expect(name).toBeFocused();
  await expect(name).toHaveValue(/^Chrome on /);
  await name.press("ControlOrMeta+a");
  await name.press("Delete");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByText("Enter a name for the passkey")).toBeVisible();
  await page.keyboard.type("Laptop");
  await device.setUserVerified(false);
  await device.setPresence(true);
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("alert")).toHaveText(/dialog was closed or timed out/);
  await expect(name).toHaveValue("Laptop");
  await device.setUserVerified(true);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Passkey added")).toBeVisible();
  await tabTo(page, /^Add a passkey$/);
  await page.keyboard.press("Enter");
  await expect(name).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("alert")).toHaveText(/already has a passkey for your account/);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await device.setPresence(false);
  await openSignInSignedOut(page);
  await tabTo(page, /^Sign in with a passkey$/);
  await device.setPresence(true);
  await page.keyboard.press("Enter");
  await expectSignedIn(page);
});

test("ACC-15: after a password reset the remaining passkeys are shown and can be removed", async ({ page, request }) => {
  const { owner } = await newPasskeyOwner(page);
  await openSignInSignedOut(page);
  await page.goto("/recover");
  await page.getByLabel("Email").fill(owner.email);
  await page.getByRole("button", { name: "Send reset link" }).click();
  await page.goto(await linkInEmail(request, owner.email, /Choose a new password/));
  await page.getByRole("textbox", { name: "New password" }).fill(newPassword);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByText("then review the other ways to sign in")).toBeVisible();
  await page.getByRole("textbox", { name: "Password" }).fill(newPassword);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await dialog(page).getByRole("link", { name: "Remove Work laptop" }).click();
  await dialog(page).getByRole("button", { name: "Remove passkey" }).click();
  await expect(page.getByText("You have no passkeys yet")).toBeVisible();
  await page.goto("/account?dialog=login-methods");
  await expect(dialog(page).getByText("Only your password")).toBeVisible();
});

test("ACC-16: the section and the dialogs of passkeys are accessible and fit 360 px", async ({ page }) => {
  const { owner } = await newPasskeyOwner(page);
  const [row] = await inDatabase((sql) => sql`select id from passkeys where account_id = ${owner.accountId}`);
  for (const name of ["", "passkey", "login-methods", `rename-passkey&passkey=${row?.id}`, `remove-passkey&passkey=${row?.id}`]) {
    await page.goto(`/account?dialog=${name}`);
    await expect(dialog(page)).toHaveCount(name === "" ? 0 : 1);
    await expectAccessibleOnPhone(page);
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-16: the sign-in page and the section of passkeys say that JavaScript is needed; removing works", async ({ page }) => {
    const owner = await newOwner("plain");
    await page.goto("/sign-in");
    await expect(page.getByText("Signing in with a passkey needs JavaScript")).toBeVisible();
    await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toHaveCount(0);
    await signIn(page, owner.email);
    await expectSignedIn(page);
    await addUnusablePasskey(owner, "Old phone");
    await page.goto("/account");
    await expect(card(page).getByText("Adding a passkey needs JavaScript")).toBeVisible();
    await expect(card(page).getByRole("link", { name: "Add a passkey" })).toHaveCount(0);
    await expect(card(page).getByText("Synced")).toBeVisible();
    await page.goto("/account?dialog=passkey");
    await expect(dialog(page).getByText("Adding a passkey needs JavaScript")).toBeVisible();
    await expect(dialog(page).getByRole("button", { name: "Continue" })).toHaveCount(0);
    await page.goto("/account");
    await card(page).getByRole("link", { name: "Remove Old phone" }).click();
    await dialog(page).getByRole("button", { name: "Remove passkey" }).click();
    await expect(page.getByText("Passkey removed")).toBeVisible();
    await expect(card(page).getByText("You have no passkeys yet")).toBeVisible();
  });
});
