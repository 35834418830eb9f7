import { test as base, expect, type BrowserContext, type BrowserContextOptions, type ConsoleMessage, type Page } from "@playwright/test";

/** Chromium reports a page's own 4xx answer as a console error; the journey asserts on the page instead. */
const isItsOwnAnswer = (page: Page, message: ConsoleMessage) =>
  message.text().startsWith("Failed to load resource") && message.location().url.split("#")[0] === page.url().split("#")[0];

/** Marks a document as soon as React has taken it over; at once where there is nothing to take over, and late where nothing comes. */
function markWhenTaken() {
  const mark = () => document.documentElement.setAttribute("data-taken", "");
  const look = () => {
    const drawn = document.querySelector("main");
    const isTaken = !drawn || Object.keys(drawn).some((key) => key.startsWith("__reactFiber"));
    if (isTaken || performance.now() > 10_000) window.requestIdleCallback(mark, { timeout: 500 });
    else window.requestAnimationFrame(look);
  };
  // The window stays the same where a new tab goes on from its blank page.
  window.addEventListener("DOMContentLoaded", look);
}

/** Every step waits until scripts serve the page: what is clicked before, the browser does by itself and otherwise. */
async function settle(context: BrowserContext) {
  await context.addInitScript(markWhenTaken);
  context.on("page", (page) => void page.addLocatorHandler(page.locator("html:not([data-taken])"), async () => {}));
}

type Watch = {
  expectedComplaints: RegExp[];
  complaints: (context: BrowserContext) => void;
  watched: void;
  /** A page in a browser of somebody else, closed at the end. */
  elsewhere: (options?: BrowserContextOptions) => Promise<Page>;
};

/** Journeys in which no browser has anything to complain about, save what is expected. */
export const test = base.extend<Watch>({
  expectedComplaints: [[], { option: true }],

  complaints: async ({ expectedComplaints }, use) => {
    const complaints: string[] = [];
    const note = (text: string) => {
      if (!expectedComplaints.some((expected) => expected.test(text))) complaints.push(text);
    };
    await use((context) => {
      context.on("console", (message) => {
        const page = message.page();
        if (message.type() === "error" && !(page && isItsOwnAnswer(page, message))) note(message.text());
      });
      context.on("weberror", (error) => note(String(error.error())));
    });
    expect(complaints, "the browser complained").toEqual([]);
  },

  watched: [
    async ({ context, complaints, javaScriptEnabled }, use) => {
      complaints(context);
      if (javaScriptEnabled) await settle(context);
      await use();
    },
    { auto: true },
  ],

  elsewhere: async ({ browser, complaints, javaScriptEnabled }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      opened.push(context);
      complaints(context);
      if (options.javaScriptEnabled ?? javaScriptEnabled) await settle(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

export { expect };
