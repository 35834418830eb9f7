import { test as base, expect, type BrowserContext, type BrowserContextOptions, type ConsoleMessage, type Page } from "@playwright/test";

/** Chromium reports a page's own 4xx response as a console error; tests assert on the page instead. */
const isResponseOfPage = (page: Page, message: ConsoleMessage) =>
  message.text().startsWith("Failed to load resource") && message.location().url.split("#")[0] === page.url().split("#")[0];

/** Marks a document once React has hydrated it; at once without `main`, and after 10 s if nothing hydrates. */
function markWhenHydrated() {
  const mark = () => document.documentElement.setAttribute("data-hydrated", "");
  const check = () => {
    const main = document.querySelector("main");
    const isHydrated = !main || Object.keys(main).some((key) => key.startsWith("__reactFiber"));
    if (isHydrated || performance.now() > 10_000) window.requestIdleCallback(mark, { timeout: 500 });
    else window.requestAnimationFrame(check);
  };
  // A new tab keeps its window when it navigates from the blank page.
  window.addEventListener("DOMContentLoaded", check);
}

/** Actions wait for hydration: earlier clicks would be handled by the browser instead of React. */
async function waitForHydration(context: BrowserContext) {
  await context.addInitScript(markWhenHydrated);
  context.on("page", (page) => void page.addLocatorHandler(page.locator("html:not([data-hydrated])"), async () => {}));
}

type Fixtures = {
  expectedConsoleErrors: RegExp[];
  collectConsoleErrors: (context: BrowserContext) => void;
  failOnConsoleErrors: void;
  /** Opens a page in a new browser context, which is closed after the test. */
  newContextPage: (options?: BrowserContextOptions) => Promise<Page>;
};

/** Tests that fail on unexpected console errors. */
export const test = base.extend<Fixtures>({
  expectedConsoleErrors: [[], { option: true }],

  collectConsoleErrors: async ({ expectedConsoleErrors }, use) => {
    const errors: string[] = [];
    const record = (text: string) => {
      if (!expectedConsoleErrors.some((expected) => expected.test(text))) errors.push(text);
    };
    await use((context) => {
      context.on("console", (message) => {
        const page = message.page();
        if (message.type() === "error" && !(page && isResponseOfPage(page, message))) record(message.text());
      });
      context.on("weberror", (error) => record(String(error.error())));
    });
    expect(errors, "console errors").toEqual([]);
  },

  failOnConsoleErrors: [
    async ({ context, collectConsoleErrors, javaScriptEnabled }, use) => {
      collectConsoleErrors(context);
      if (javaScriptEnabled) await waitForHydration(context);
      await use();
    },
    { auto: true },
  ],

  newContextPage: async ({ browser, collectConsoleErrors, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      collectConsoleErrors(context);
      if (options.javaScriptEnabled ?? javaScriptEnabled) await waitForHydration(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
