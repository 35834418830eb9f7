import { type Browser, filled, formIn, newBrowser, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { demoPassword } from "../db/seed/people.ts";
import { inDatabase } from "./setup/database.ts";
import { openAs, signIn } from "./setup/stage.ts";
import { newOwner } from "./setup/test-data.ts";

const place = { country: "DE", timeZone: "Europe/Berlin", streetAddress: "" };
const way = /<a href="([^"]*)">View in audit log<\/a>/;

/** Sends the form with this button and gives the page it leads to. */
async function sent(browser: Browser, at: string, button: string, fields: Record<string, string> = {}) {
  const { status, location } = await browser.send(filled(await browser.formOn(at, button), fields));
  expect([at, status, location]).toEqual([at, 303, expect.stringMatching(/notice=[a-z-]+_[\da-f-]{36}(#|$)/)]);
  return { location, body: (await browser.get(location)).body };
}

/** The window that the way in a page leads to, as its reader sees it. */
async function entryFrom(browser: Browser, body: string) {
  const [, href = ""] = way.exec(body) ?? [];
  const { status, body: log } = await browser.get(href);
  return [status, /<dialog[^>]*\sopen\b.*?<h2[^>]*>(.*?)<\/h2>/s.exec(log)?.[1]];
}

test("X-2, X-5: what was saved says so with the way to its entry, without script, on pages of the organization and on one's own", async ({ baseURL }) => {
  const owner = await newOwner("told");
  const browser = await signedInAs(baseURL, owner.email);
  const sites = `/orgs/${owner.orgId}/sites`;
  const made = await sent(browser, `${sites}/new`, "Create Site", { ...place, name: "Mitte" });
  expect(await entryFrom(browser, made.body)).toEqual([200, "Add site Mitte"]);
  const [, site = ""] = /\/sites\/([\da-f-]{36})"/.exec(made.body) ?? [];
  const changed = await sent(browser, `${sites}/${site}`, "Save", { name: "Wedding" });
  expect(await entryFrom(browser, changed.body)).toEqual([200, "Update site Wedding"]);
  const gone = await sent(browser, `${sites}/${site}?dialog=delete`, "Delete Site");
  expect(await entryFrom(browser, gone.body)).toEqual([200, "Delete site Wedding"]);
  const saved = await sent(browser, "/account", "Save", { firstName: "Inés" });
  expect(await entryFrom(browser, saved.body)).toEqual([200, "Update account"]);
  const asked = await sent(browser, "/account?dialog=email", "Send link", { email: `new.${owner.email}` });
  expect(await entryFrom(browser, asked.body)).toEqual([200, "Ask to change email address"]);
  const same = await sent(browser, "/account", "Save");
  expect([same.body.includes("Nothing was changed"), way.test(same.body)]).toEqual([true, false]);
});

test("AUD-8: whose role does not read the log, or who follows somebody else's address, is told and led nowhere", async ({ baseURL }) => {
  const [owner, stranger] = [await newOwner("told"), await newOwner("told")];
  const [browser, other] = [await signedInAs(baseURL, owner.email), await signedInAs(baseURL, stranger.email)];
  const { location } = await sent(browser, "/account", "Save", { firstName: "Inés" });
  const typed = "/account?notice=account-saved_01a20132-803d-7779-a203-a93f398f22de";
  for (const [who, at] of [[other, location], [other, typed], [browser, typed], [browser, "/account?notice=account-saved"]] as const) {
    const { body } = await who.get(at);
    expect([body.includes("Your account is saved"), way.test(body)]).toEqual([true, false]);
  }
  await inDatabase((sql) => sql`update memberships set role = 'observer' where account_id = ${owner.accountId}`);
  const observed = await sent(browser, "/account", "Save", { firstName: "Ines" });
  expect([observed.body.includes("Your account is saved"), way.test(observed.body)]).toEqual([true, false]);
});

test("X-2, X-10: by keyboard the way to the entry is reached while it stands, and it stays as long as somebody is at it", async ({ page }) => {
  const owner = await newOwner("told");
  await page.clock.install();
  await openAs(page, owner.email, "/account");
  await page.getByRole("checkbox", { name: "24-Hour Time" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const link = page.getByRole("link", { name: "View in audit log" });
  await link.focus();
  await page.clock.fastForward(60_000);
  await expect(page.getByText("Your account is saved")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Update account" })).toContainText("What changed");
});

test("PWD-2, ACC-14: the way to a section of My Account leads there through a sign-in", async ({ baseURL, page }) => {
  const owner = await newOwner("section");
  const browser = newBrowser(baseURL);
  const asked = "/account?section=authentication";
  const first = await browser.get(asked);
  expect([first.status, first.location]).toEqual([307, `/sign-in?next=${encodeURIComponent(asked)}`]);
  const { body } = await browser.get(first.location);
  const { location } = await browser.send(filled(formIn(body, first.location, "Sign in"), { email: owner.email, password: demoPassword }));
  expect(location).toBe(asked);
  expect((await browser.get(location)).location).toBe("/account#authentication");
  expect((await browser.get("/account?section=elsewhere")).status).toBe(200);

  await page.goto(asked);
  await signIn(page, owner.email);
  await expect(page).toHaveURL(/\/account#authentication$/);
  await expect(page.getByRole("heading", { name: "Authentication", exact: true })).toBeInViewport();
});
