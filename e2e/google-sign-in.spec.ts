import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { openRedirectPayloads } from "../lib/testing/open-redirect-payloads.ts";
import { throwawayDataFolder } from "../scripts/start/settings.ts";
import { type HttpClient, fillForm, newHttpClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { googleCallbackPath, chooseGoogleAccount, type GoogleAccount, newGoogleAccount } from "./setup/google.ts";
import { newSignedInOwner } from "./setup/organizations.ts";
import { openSignedIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

async function linkGoogle(page: Page, account: GoogleAccount) {
  await page.getByRole("link", { name: "ENABLE Sign in with Google" }).click();
  const dialog = page.getByRole("dialog", { name: "Enable Sign in with Google" });
  await expect(dialog.getByRole("link", { name: "No" })).toBeVisible();
  await dialog.getByRole("button", { name: "Yes" }).click();
  await chooseGoogleAccount(page, account);
}

async function signInWithGoogle(page: Page, account: GoogleAccount, at = "/sign-in") {
  await page.goto(at);
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseGoogleAccount(page, account);
}

async function journey(page: Page) {
  const { email, orgId } = await newOwner("google");
  const [account, orgPath] = [newGoogleAccount(), `/orgs/${orgId}`];
  const client = await openSignedIn(page, email, "/account");
  await linkGoogle(page, account);
  await expect(page).toHaveURL(/\/account/);
  await expect(page.getByText("Google account linked")).toBeVisible();
  await expect(page.getByText(account.email)).toBeVisible();
  await page.context().clearCookies();
  await signInWithGoogle(page, account, `/sign-in?next=${encodeURIComponent(`${orgPath}/sites?sort=-name`)}`);
  await expect(page).toHaveURL(`${orgPath}/sites?sort=-name`);
  const entries = (await client.get(`${orgPath}/audit-log/download?period=24h`)).body.split("\r\n");
  expect(entries.filter((entry) => entry.includes(email) && entry.includes("Linked Google account"))).toHaveLength(1);
  await page.goto("/account");
  await expect(page.getByText(/^Linked .* Last used \d/)).toBeVisible();
  await page.getByRole("link", { name: "DISABLE Sign in with Google" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("Google account unlinked")).toBeVisible();
  await page.context().clearCookies();
  await signInWithGoogle(page, account);
  await expect(page.getByRole("heading", { name: "This Google account isn’t linked" })).toBeVisible();
  await expect(page.getByText("Social Sign In")).toBeVisible();
}

test("ACC-13, ACC-25: a Google account is linked, signs in, is unlinked and refused", async ({ page }) => {
  await journey(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-13, ACC-25: a Google account is linked, signs in, is unlinked and refused, by plain forms", async ({ page }) => {
    await journey(page);
  });
});

test("ACC-13: cancelling at Google leads back and changes nothing", async ({ page }) => {
  const { email } = await newOwner("google");
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Nothing was changed: you cancelled at Google")).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Sign in to/ })).toBeVisible();
  await openSignedIn(page, email, "/account?dialog=google");
  await page.getByRole("button", { name: "Yes" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Nothing was changed: you cancelled at Google")).toBeVisible();
  await expect(page.getByRole("link", { name: "ENABLE Sign in with Google" })).toBeVisible();
});

const flowCookie = "__Host-signalbox.google";

/** Starts Google sign-in or linking; returns the callback path. */
async function startFlow(client: HttpClient, page: string, button: string, account: GoogleAccount, fields = {}) {
  const { status, location } = await client.send(fillForm(await client.formOn(page, button), fields));
  expect(status).toBe(303);
  return googleCallbackPath(location, account);
}

const startLinking = (client: HttpClient, account: GoogleAccount) => startFlow(client, "/account?dialog=google", "Yes", account);
const startSignIn = (client: HttpClient, account: GoogleAccount, fields = {}) =>
  startFlow(client, "/sign-in", "Sign in with Google", account, fields);

/** Checks that a callback is refused and changes no session. */
async function expectRefused(client: HttpClient, answer: string, page: "/account" | "/sign-in", why = "over") {
  const session = client.jar.get("__Host-signalbox.session");
  const { status, location } = await client.get(answer);
  expect([status, location]).toEqual([307, `${page}?notice=google-${why}`]);
  expect(client.jar.get("__Host-signalbox.session")).toBe(session);
}

test("SSO-7: a callback is valid only in the browser and session and for the purpose that started it", async ({ baseURL }) => {
  const [owner, other] = [await newSignedInOwner(baseURL, "google"), await newSignedInOwner(baseURL, "google")];
  const account = newGoogleAccount();
  const linkCallback = await startLinking(owner.client, account);
  await expectRefused(newHttpClient(baseURL), linkCallback, "/sign-in");
  await expectRefused(other.client, linkCallback, "/account");

  const otherClient = newHttpClient(baseURL, other.client.jar);
  otherClient.jar.set(flowCookie, owner.client.jar.get(flowCookie) ?? "");
  expect((await otherClient.get(linkCallback)).location).toBe("/google/refused?why=other-account");
  expect((await otherClient.get("/google/refused?why=other-account")).body).toContain(`You are now signed in as ${other.email}`);

  const visitor = newHttpClient(baseURL);
  const signInCallback = await startSignIn(visitor, account);
  const swapped = newHttpClient(baseURL, owner.client.jar);
  swapped.jar.set(flowCookie, visitor.jar.get(flowCookie) ?? "");
  await expectRefused(swapped, linkCallback, "/account");
  visitor.jar.set(flowCookie, owner.client.jar.get(flowCookie) ?? "");
  await expectRefused(visitor, signInCallback, "/sign-in");

  const callback = "/google/callback";
  const forged = [callback, `${callback}?state=`, `${callback}?state=x&code=y`, `${callback}?error=access_denied`];
  for (const answer of [...forged, linkCallback.replace("state=", "state=x")]) await expectRefused(owner.client, answer, "/account");
  expect((await owner.client.get(linkCallback)).location).toMatch(/^\/account\?notice=google-linked_[\da-f-]{36}$/);
  await expectRefused(owner.client, linkCallback, "/account");
});

test("SSO-7: a session that ended meanwhile links nothing", async ({ baseURL }) => {
  const { client } = await newSignedInOwner(baseURL, "google");
  const linkCallback = await startLinking(client, newGoogleAccount());
  await client.send(await client.formOn("/orgs", "Sign out"));
  await expectRefused(client, linkCallback, "/sign-in", "signed-out");
});

test("SSO-8: no return parameter leads to another site", async ({ baseURL }) => {
  const { client } = await newSignedInOwner(baseURL, "google");
  const account = newGoogleAccount();
  await client.get(await startLinking(client, account));
  expect(openRedirectPayloads.length).toBeGreaterThanOrEqual(40);
  for (const next of openRedirectPayloads) {
    const visitor = newHttpClient(baseURL);
    const { status, location } = await visitor.get(await startSignIn(visitor, account, { next }));
    expect([next, status, location]).toEqual([next, 307, expect.stringMatching(/^\/orgs(?:\/|$)/)]);
  }
});

test("ACC-13: callback parameters are not logged", async ({ baseURL }) => {
  const { client } = await newSignedInOwner(baseURL, "google");
  const account = newGoogleAccount();
  const callbacks = [await startLinking(client, account)];
  await client.get(callbacks[0] ?? "");
  const visitor = newHttpClient(baseURL);
  callbacks.push(await startSignIn(visitor, account));
  await visitor.get(callbacks[1] ?? "");
  const { requestId } = await visitor.get(callbacks[1] ?? "");
  const readLog = () => readFileSync(path.join(throwawayDataFolder(process.env.E2E_PORT), "logs", "web.log"), "utf8");
  await expect.poll(readLog).toContain(requestId);
  const log = readLog();
  expect(log).toContain("/google/callback");
  for (const answer of callbacks) {
    const { searchParams } = new URL(answer, baseURL);
    for (const name of ["code", "state"]) expect(log).not.toContain(searchParams.get(name));
  }
  expect(log).not.toContain(account.sub);
});

test("the dialog and the refusals of Google sign-in are accessible and fit 360 px", async ({ page }) => {
  const { email } = await newOwner("google");
  const check = async (at: string) => {
    await page.goto(at);
    await expectAccessibleOnPhone(page);
  };
  for (const at of ["/google/refused", "/google/refused?why=suspended"]) await check(at);
  await openSignedIn(page, email, "/account");
  await check("/account?dialog=google");
});
