import { expect, type Page } from "@playwright/test";
import { newWord } from "./cast.ts";

/** Somebody's account at the stand-in for Google. */
export const newGoogleAccount = () => {
  const sub = newWord("subject");
  return { sub, email: `${sub}@gmail.example` };
};

export type GoogleAccount = ReturnType<typeof newGoogleAccount>;

/** Chooses an account on the page that Google shows. */
export async function chooseAt(page: Page, { sub, email }: GoogleAccount): Promise<void> {
  await expect(page.getByRole("heading", { name: "Choose an account" })).toBeVisible();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Number").fill(sub);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** The path and query with which Google sends a browser back, for a browser without a screen. */
export async function answerOf(address: string, { sub, email }: GoogleAccount): Promise<string> {
  const consent = new URL(address.replace("/authorize", "/consent"));
  for (const [name, value] of Object.entries({ sub, email })) consent.searchParams.set(name, value);
  const { headers } = await fetch(consent, { redirect: "manual" });
  const { pathname, search } = new URL(headers.get("location") ?? "");
  return pathname + search;
}
