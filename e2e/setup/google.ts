import { expect, type Page } from "@playwright/test";
import { uniqueWord } from "./unique.ts";

/** A new account at the fake Google. */
export const newGoogleAccount = () => {
  const sub = uniqueWord("subject");
  return { sub, email: `${sub}@gmail.example` };
};

export type GoogleAccount = ReturnType<typeof newGoogleAccount>;

/** Chooses an account on the page of the fake Google. */
export async function chooseGoogleAccount(page: Page, { sub, email }: GoogleAccount): Promise<void> {
  await expect(page.getByRole("heading", { name: "Choose an account" })).toBeVisible();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Number").fill(sub);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** The callback path that Google redirects to, for an HTTP client. */
export async function googleCallbackPath(address: string, { sub, email }: GoogleAccount): Promise<string> {
  const consent = new URL(address.replace("/authorize", "/consent"));
  for (const [name, value] of Object.entries({ sub, email })) consent.searchParams.set(name, value);
  const { headers } = await fetch(consent, { redirect: "manual" });
  const { pathname, search } = new URL(headers.get("location") ?? "");
  return pathname + search;
}
