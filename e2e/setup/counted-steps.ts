import type { Locator, Page } from "@playwright/test";

/** The clicks, fields, pages and passwords of a journey; opening a link from an email counts as a click. */
export type Effort = { clicks: number; fields: number; pages: Set<string>; passwords: Map<Page, number> };

export const newEffort = (): Effort => ({ clicks: 0, fields: 0, pages: new Set(), passwords: new Map() });

const secretOrId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\w-]{43}/g;

/** One person in the journey, whose clicks, fields, pages and passwords are counted. */
export function countedSteps(page: Page, effort: Effort) {
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame() && frame.url().startsWith("http")) effort.pages.add(new URL(frame.url()).pathname.replaceAll(secretOrId, "[id]"));
  });

  const click = async (target: Locator) => {
    effort.clicks += 1;
    await target.click();
  };
  const check = async (target: Locator) => {
    effort.clicks += 1;
    await target.check();
  };
  const fill = async (target: Locator, text: string) => {
    effort.fields += 1;
    if ((await target.getAttribute("type")) === "password") effort.passwords.set(page, (effort.passwords.get(page) ?? 0) + 1);
    await target.fill(text);
  };
  const openLink = async (link: string) => {
    effort.clicks += 1;
    await page.goto(link);
  };
  return { page, click, check, fill, openLink };
}

export type Person = ReturnType<typeof countedSteps>;
