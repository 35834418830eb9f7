import { expect, type Page } from "@playwright/test";
import { generateSync } from "otplib";
import { fillForm, type HttpClient } from "./http-client.ts";

/** The TOTP seed that the set-up page shows; empty when it shows none. */
export const totpSeedIn = (html: string): string => (/<code[^>]*>([A-Z2-7 ]+)</.exec(html)?.[1] ?? "").replaceAll(" ", "");

/** The TOTP seed that the open set-up page shows. */
export const readTotpSeed = async (page: Page): Promise<string> => (await page.locator("main code").innerText()).replaceAll(" ", "");

export const totpCode = (seed: string): string => generateSync({ secret: seed });

/** Sets up two-factor authentication until the recovery codes are shown; returns the TOTP seed. */
export async function enableTwoFactor(client: HttpClient): Promise<string> {
  await client.send(await client.formOn("/account/two-factor", "Set up…"));
  const seed = totpSeedIn((await client.get("/account/two-factor")).body);
  const { status, location } = await client.send(fillForm(await client.formOn("/account/two-factor", "Verify"), { code: totpCode(seed) }));
  expect([status, location]).toEqual([303, expect.stringContaining("/account/two-factor/codes")]);
  return seed;
}
