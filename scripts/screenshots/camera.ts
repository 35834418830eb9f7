import type { Browser, BrowserContext, Page } from "@playwright/test";
import { demoPassword } from "../../db/seed/people.ts";
import type { Beside } from "./portal.ts";
import type { Places } from "./places.ts";
import type { Shot } from "./pages.ts";

export type Variant = { name: string; scheme: "light" | "dark"; viewport: { width: number; height: number } };

const tallest = 2_400;

type Studio = { browser: Browser; address: string; beside: Beside; cookies: Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>> };

/** A page as somebody sees it; everybody signs in once and is remembered. */
async function pageOf({ browser, address, cookies }: Studio, who: string | undefined, options: Partial<Variant> = {}): Promise<Page> {
  const { scheme, viewport } = options;
  const dress = { baseURL: address, colorScheme: scheme, viewport, timezoneId: "Europe/Berlin", reducedMotion: "reduce" as const };
  const known = who ? cookies.get(who) : undefined;
  const context = await browser.newContext({ ...dress, storageState: known });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  if (who && !known) {
    await page.goto("/sign-in");
    await page.locator("[name=email]").fill(who);
    await page.locator("[name=password]").fill(demoPassword);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    cookies.set(who, await context.storageState());
  }
  return page;
}

type Find = (openPage: (who?: string) => Promise<Page>, beside: Beside) => Promise<Places>;

/** Learns where everything is in a fresh portal, and takes its pictures. */
export async function openCamera(browser: Browser, { address, beside }: Pick<Studio, "address" | "beside">, find: Find) {
  const studio: Studio = { browser, address, beside, cookies: new Map() };
  const places = await find((who) => pageOf(studio, who), beside);

  async function photograph(variant: Variant, shots: readonly Shot[], fileOf: (name: string) => string) {
    const complaints: string[] = [];
    for (const [who, own] of Map.groupBy(shots, (shot) => shot.who)) {
      const page = await pageOf(studio, who, variant);
      for (const shot of own) {
        const name = `${shot.name}-${variant.name}`;
        const wrong = await take(page, shot, { places, beside }, fileOf(name)).catch((error: Error) => [error.message.split("\n")[0] ?? ""]);
        complaints.push(...wrong.map((words) => `${name}: ${words}`));
      }
      if (who) studio.cookies.set(who, await page.context().storageState());
      await page.context().close();
    }
    console.log(`${variant.name}: ${shots.length} pages`);
    return complaints;
  }
  return { photograph };
}

type World = { places: Places; beside: Beside };

async function take(page: Page, { at, answers = 200, act, fold }: Shot, { places, beside }: World, file: string): Promise<string[]> {
  const complaints: string[] = [];
  const complain = (error: Error) => complaints.push(error.message);
  page.on("pageerror", complain);
  try {
    const response = await page.goto(addressOf(at, places));
    if (response?.status() !== answers) complaints.push(`answered ${response?.status()}`);
    await act?.(page, beside);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    complaints.push(...(await expose(page, file, fold)));
  } finally {
    page.off("pageerror", complain);
  }
  return complaints;
}

/** What sticks to the screen stays in its place when the screen is as tall as the page. */
async function expose(page: Page, file: string, fold = false): Promise<string[]> {
  const screen = page.viewportSize() ?? { width: 0, height: 0 };
  const { scrollWidth, scrollHeight } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    scrollHeight: document.documentElement.scrollHeight,
  }));
  if (!fold) await page.setViewportSize({ ...screen, height: Math.min(Math.max(scrollHeight, screen.height), tallest) });
  await page.screenshot({ path: file, animations: "disabled" });
  if (!fold) await page.setViewportSize(screen);
  return scrollWidth > screen.width ? [`is ${scrollWidth} wide on a screen of ${screen.width}`] : [];
}

function addressOf(at: string, places: Places): string {
  return at.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
    const found = places[name];
    if (!found) throw new Error(`there is no ${name} to look at`);
    return found;
  });
}
