import type { Browser, BrowserContext, Page } from "@playwright/test";
import { demoPassword } from "../../db/seed/people.ts";
import type { RunSql } from "./portal.ts";
import type { RouteParams } from "./route-params.ts";
import type { Screenshot } from "./pages.ts";

export type Variant = { name: string; scheme: "light" | "dark"; viewport: { width: number; height: number } };

const maxHeight = 2_400;

type CaptureContext = { browser: Browser; baseUrl: string; runSql: RunSql; cookies: Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>> };

/** A page in the session of a person; each person signs in once. */
async function openPage({ browser, baseUrl, cookies }: CaptureContext, user: string | undefined, options: Partial<Variant> = {}): Promise<Page> {
  const { scheme, viewport } = options;
  const contextOptions = { baseURL: baseUrl, colorScheme: scheme, viewport, timezoneId: "Europe/Berlin", reducedMotion: "reduce" as const };
  const storageState = user ? cookies.get(user) : undefined;
  const context = await browser.newContext({ ...contextOptions, storageState });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  if (user && !storageState) {
    await page.goto("/sign-in");
    await page.locator("[name=email]").fill(user);
    await page.locator("[name=password]").fill(demoPassword);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    cookies.set(user, await context.storageState());
  }
  return page;
}

type CollectParams = (openPage: (user?: string) => Promise<Page>, runSql: RunSql) => Promise<RouteParams>;

/** Collects the route parameters of a fresh portal and returns a function that takes its screenshots. */
export async function createCapture(browser: Browser, { baseUrl, runSql }: Pick<CaptureContext, "baseUrl" | "runSql">, collectParams: CollectParams) {
  const capture: CaptureContext = { browser, baseUrl, runSql, cookies: new Map() };
  const params = await collectParams((user) => openPage(capture, user), runSql);

  async function captureAll(variant: Variant, shots: readonly Screenshot[], fileOf: (name: string) => string) {
    const problems: string[] = [];
    for (const [user, own] of Map.groupBy(shots, (shot) => shot.user)) {
      const page = await openPage(capture, user, variant);
      for (const shot of own) {
        const name = `${shot.name}-${variant.name}`;
        const found = await takeScreenshot(page, shot, { params, runSql }, fileOf(name)).catch((error: Error) => [error.message.split("\n")[0] ?? ""]);
        problems.push(...found.map((problem) => `${name}: ${problem}`));
      }
      if (user) capture.cookies.set(user, await page.context().storageState());
      await page.context().close();
    }
    console.log(`${variant.name}: ${shots.length} pages`);
    return problems;
  }
  return { captureAll };
}

type PortalContext = { params: RouteParams; runSql: RunSql };

async function takeScreenshot(page: Page, { path, expectedStatus = 200, prepare, viewportOnly }: Screenshot, { params, runSql }: PortalContext, file: string): Promise<string[]> {
  const problems: string[] = [];
  const addProblem = (error: Error) => problems.push(error.message);
  page.on("pageerror", addProblem);
  try {
    const response = await page.goto(fillParams(path, params));
    if (response?.status() !== expectedStatus) problems.push(`has status ${response?.status()}`);
    await prepare?.(page, runSql);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    problems.push(...(await capturePage(page, file, viewportOnly)));
  } finally {
    page.off("pageerror", addProblem);
  }
  return problems;
}

/** Resizes the viewport to the page height, so that sticky elements keep their position. */
async function capturePage(page: Page, file: string, fold = false): Promise<string[]> {
  const viewport = page.viewportSize() ?? { width: 0, height: 0 };
  const { scrollWidth, scrollHeight } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    scrollHeight: document.documentElement.scrollHeight,
  }));
  if (!fold) await page.setViewportSize({ ...viewport, height: Math.min(Math.max(scrollHeight, viewport.height), maxHeight) });
  await page.screenshot({ path: file, animations: "disabled" });
  if (!fold) await page.setViewportSize(viewport);
  return scrollWidth > viewport.width ? [`is ${scrollWidth} px wide in a viewport of ${viewport.width} px`] : [];
}

function fillParams(path: string, params: RouteParams): string {
  return path.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
    const value = params[name];
    if (!value) throw new Error(`missing route parameter ${name}`);
    return value;
  });
}
