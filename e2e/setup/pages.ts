import { expect, type Locator, type Page, test } from "@playwright/test";
import { demoPassword } from "../../db/seed/people.ts";
import { type HttpClient, signedInClient } from "./http-client.ts";
import { demoOrganization } from "./organizations.ts";
import { inDatabase } from "./database.ts";
import { addMember } from "./test-data.ts";

/** Copies the cookies of a client to the browser of a page. */
export async function copyCookies(page: Page, { jar }: HttpClient): Promise<void> {
  const cookies = [...jar].map(([name, value]) => ({ name, value, domain: "localhost", path: "/", secure: true }));
  await page.context().addCookies(cookies);
}

/** Signs in by HTTP and opens a page. */
export async function openSignedIn(page: Page, email: string, path: string): Promise<HttpClient> {
  const client = await signedInClient(test.info().project.use.baseURL, email);
  await copyCookies(page, client);
  await page.goto(path);
  return client;
}

/** Signs in by the sign-in page, which is opened if necessary. */
export async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  if (!/^http[^?]*\/sign-in(?:\?|$)/.test(page.url())) await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs out by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /’s account$/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out")).toBeVisible();
}

/** Removes the session cookie of the browser, as when the session has expired. */
export const clearSession = (page: Page): Promise<void> => page.context().clearCookies({ name: "__Host-signalbox.session" });

/** Presses Escape in a dialog once it has the focus. */
export async function closeByEscape(dialog: Locator): Promise<void> {
  await expect(dialog.locator(":focus")).toHaveCount(1);
  await dialog.page().keyboard.press("Escape");
}

/** Presses Tab until an element with this text has the focus. */
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
  throw new Error(`no Tab stop matches ${name}`);
}

/** A new member of Tidewater Retail who sees all sites, removed at the end. */
export async function withNewMember(
  baseURL: string | undefined,
  work: (member: { client: HttpClient; accountId: string; email: string; path: string; orgId: string }) => Promise<void>,
): Promise<void> {
  const { id: orgId, path } = await demoOrganization(baseURL, "Tidewater Retail");
  const { id, accountId, email } = await addMember(orgId);
  await work({ client: await signedInClient(baseURL, email), accountId, email, path, orgId });
  await inDatabase((sql) => sql`delete from memberships where id = ${id}`);
}
