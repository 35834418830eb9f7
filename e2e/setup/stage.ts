import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import { demoPassword } from "../../db/seed/people.ts";
import { type Browser, newBrowser } from "../browser.ts";
import { done, newMember, organizationCalled } from "./cast.ts";

/** Gives a page the cookies of somebody who signed in without a screen. */
export async function enterAs(page: Page, { jar }: Browser): Promise<void> {
  const cookies = [...jar].map(([name, value]) => ({ name, value, domain: "localhost", path: "/", secure: true }));
  await page.context().addCookies(cookies);
}

/** Fills in the sign-in page, going there first where it is not open already, and sends it. */
export async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  if (!/^http[^?]*\/sign-in(?:\?|$)/.test(page.url())) await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
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

/** Somebody new who sees every site of Tidewater Retail, signed in; gone again at the end. */
export async function withMember(
  baseURL: string | undefined,
  request: APIRequestContext,
  work: (member: { browser: Browser; email: string; path: string; orgId: string }) => Promise<void>,
): Promise<void> {
  const organization = await organizationCalled(baseURL, "Tidewater Retail");
  const browser = newBrowser(baseURL);
  const { id, email } = await newMember(organization, browser, request);
  await work({ browser, email, path: organization.path, orgId: organization.id });
  await done(organization, `administrators/${id}?dialog=revoke`, "Revoke Access");
}
