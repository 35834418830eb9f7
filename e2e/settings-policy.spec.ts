import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { fillForm, type HttpClient, newHttpClient, parseForm, signedInClient } from "./setup/http-client.ts";
import { openSignedIn } from "./setup/pages.ts";
import { startSecondWeb } from "./setup/second-web.ts";
import { addMember, newOwner, type Owner } from "./setup/test-data.ts";

const settingsPath = ({ orgId }: Owner) => `/orgs/${orgId}/settings`;
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).first().click();
const box = (page: Page, name: RegExp | string) => page.getByRole("textbox", { name });
const canary = "canary-7c02-netcloud";

/** Moves the sign-in of all sessions of an account into the past. */
const signedInMinutesAgo = (accountId: string, minutes: number) =>
  inDatabase((sql) => sql`update sessions set auth_time = now() - make_interval(mins => ${minutes}) where account_id = ${accountId}`);

test("ORG-2, MFA-7, ACC-23: whom a policy touches is said before it is saved, the members are told, and it holds for their next request", async ({ page, baseURL }) => {
  const owner = await newOwner("policy");
  const member = await addMember(owner.orgId);
  const client = await signedInClient(baseURL, member.email);
  expect((await client.get(`/orgs/${owner.orgId}/sites`)).status).toBe(200);
  await openSignedIn(page, owner.email, settingsPath(owner));
  await page.getByRole("checkbox", { name: "Enabled" }).check();
  await page.getByRole("checkbox", { name: /^Two factor authentication/ }).check();
  await save(page);
  const impact = page.getByRole("region", { name: "Before you save" });
  await expect(impact.getByText("2 members must set up two-factor authentication at their next request, 1 of them a Super User.")).toBeVisible();
  await expect(impact.getByText("You must set up two-factor authentication yourself")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Back" }).first().click();
  await expect(impact).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: /^Two factor authentication/ })).toBeChecked();
  expect((await client.get(`/orgs/${owner.orgId}/sites`)).status).toBe(200);

  await save(page);
  await page.getByRole("checkbox", { name: "Tell 1 member by email" }).check();
  await save(page);
  await expect(page.getByText(`${owner.organization} requires two-factor authentication. Set it up to continue.`)).toBeVisible();
  const { status, location } = await client.get(`/orgs/${owner.orgId}/sites`);
  expect([status, location]).toEqual([307, expect.stringContaining("/account?")]);
  const told = () => inDatabase((sql) => sql`select 1 from email_outbox where recipient = ${member.email} and template = 'policy-changed'`);
  expect(await told()).toHaveLength(1);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, ORG-3, CRY-2: what was shown is what is saved, with the secret that was typed, which no page contains", async ({ page }) => {
    const owner = await newOwner("shown");
    const member = await addMember(owner.orgId);
    await signedInClient(test.info().project.use.baseURL, member.email);
    await signedInMinutesAgo(member.accountId, 30);
    await openSignedIn(page, owner.email, settingsPath(owner));
    await box(page, /^Session Timeout/).fill("10");
    await box(page, "CP API key").fill(canary);
    await save(page);
    await expect(page.getByText("1 open session ends at once.")).toBeVisible();
    expect(await page.content()).not.toContain(canary);
    await page.getByRole("button", { name: "Back" }).first().click();
    await expect(box(page, /^Session Timeout/)).toHaveValue("10");
    await box(page, "CP API key").fill(canary);
    await save(page);
    await save(page);
    await expect(page.getByText(/^Set on .* by Ines Lantern$/)).toBeVisible();
    await expect(box(page, /^Session Timeout/)).toHaveValue("10");
  });
});

/** Saves the settings as a browser without script does, through the preview where there is one. */
async function saveSettings(client: HttpClient, owner: Owner, fields: Record<string, string>) {
  const answer = await client.send(fillForm(await client.formOn(settingsPath(owner), "Save"), fields));
  if (answer.status === 303) return;
  const confirmed = await client.send(fillForm(parseForm(answer.body, settingsPath(owner), "Back"), { $step: "run" }));
  expect(confirmed.status).toBe(303);
}

test("SES-6, SES-7: a shorter timeout that is saved in one process ends an open session at its next request to another, and a longer one does not revive it", async ({ baseURL }) => {
  const second = await startSecondWeb();
  try {
    const owner = await newOwner("timeout");
    const member = await addMember(owner.orgId);
    const [ownerClient, client] = [await signedInClient(baseURL, owner.email), await signedInClient(baseURL, member.email)];
    await signedInMinutesAgo(member.accountId, 30);
    const there = newHttpClient(second.address, client.jar);
    const sites = `/orgs/${owner.orgId}/sites`;
    expect((await there.get(sites)).status).toBe(200);
    await saveSettings(ownerClient, owner, { session_expiry: "10" });
    const { status, location } = await there.get(sites);
    expect([status, location]).toEqual([307, expect.stringContaining("/sign-in")]);
    expect((await ownerClient.get(sites)).status).toBe(200);
    await saveSettings(ownerClient, owner, { session_expiry: "20160" });
    expect([(await there.get(sites)).status, (await client.get(sites)).status]).toEqual([307, 307]);
  } finally {
    await second.stop();
  }
});
