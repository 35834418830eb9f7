import type { APIRequestContext, Page } from "@playwright/test";
import { type Browser, newBrowser } from "../browser.ts";
import { done, newMember, organizationCalled } from "./cast.ts";

/** Gives a page the cookies of somebody who signed in without a screen. */
export async function enterAs(page: Page, { jar }: Browser): Promise<void> {
  const cookies = [...jar].map(([name, value]) => ({ name, value, domain: "localhost", path: "/", secure: true }));
  await page.context().addCookies(cookies);
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
  await done(organization, `administrators/${id}?window=revoke`, "Revoke Access");
}
