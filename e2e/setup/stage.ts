import { expect, type Locator, type Page, test } from "@playwright/test";
import { demoPassword } from "../../db/seed/people.ts";
import { type Browser, signedInAs } from "../browser.ts";
import { organizationCalled } from "./cast.ts";
import { inDatabase } from "./database.ts";
import { addMember } from "./test-data.ts";

/** Gives a page the cookies of somebody who signed in without a screen. */
export async function enterAs(page: Page, { jar }: Browser): Promise<void> {
  const cookies = [...jar].map(([name, value]) => ({ name, value, domain: "localhost", path: "/", secure: true }));
  await page.context().addCookies(cookies);
}

/** Opens a page as somebody who has signed in without a screen. */
export async function openAs(page: Page, email: string, path: string): Promise<Browser> {
  const browser = await signedInAs(test.info().project.use.baseURL, email);
  await enterAs(page, browser);
  await page.goto(path);
  return browser;
}

/** Fills in the sign-in page, going there first where it is not open already, and sends it. */
export async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  if (!/^http[^?]*\/sign-in(?:\?|$)/.test(page.url())) await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs out by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out")).toBeVisible();
}

/** Presses Escape in a window as soon as it has the focus: before that, nobody would. */
export async function escapeFrom(window: Locator): Promise<void> {
  await expect(window.locator(":focus")).toHaveCount(1);
  await window.page().keyboard.press("Escape");
}

/** Goes on by Tab to what is called so, as somebody without a mouse does. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const reached = () =>
    page.evaluate(() => {
      const { activeElement: element, body } = document;
      if (!element || element === body) return "";
      const labels = "labels" in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
      return element.getAttribute("aria-label") ?? [...labels, element].map(({ textContent }) => textContent).join(" ").trim();
    });
  for (let stops = 0; stops < 80; stops += 1) {
    if (name.test(await reached())) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No Tab stop is called ${name}`);
}

/** Somebody new who sees every site of Tidewater Retail, signed in without a screen; gone again at the end. */
export async function withMember(
  baseURL: string | undefined,
  work: (member: { browser: Browser; accountId: string; email: string; path: string; orgId: string }) => Promise<void>,
): Promise<void> {
  const { id: orgId, path } = await organizationCalled(baseURL, "Tidewater Retail");
  const { id, accountId, email } = await addMember(orgId);
  await work({ browser: await signedInAs(baseURL, email), accountId, email, path, orgId });
  await inDatabase((sql) => sql`delete from memberships where id = ${id}`);
}
