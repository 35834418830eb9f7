import { test as base, expect, type ConsoleMessage, type Page } from "@playwright/test";

/** Chromium reports a page's own 4xx answer as a console error; the journey asserts on the page instead. */
const isItsOwnAnswer = (page: Page, message: ConsoleMessage) =>
  message.text().startsWith("Failed to load resource") && message.location().url.split("#")[0] === page.url().split("#")[0];

type Watch = { expectedComplaints: RegExp[]; watched: void };

/** A journey in which the browser has nothing to complain about, save what it expects. */
export const test = base.extend<Watch>({
  expectedComplaints: [[], { option: true }],
  watched: [
    async ({ context, expectedComplaints }, use) => {
      const complaints: string[] = [];
      const note = (text: string) => {
        if (!expectedComplaints.some((expected) => expected.test(text))) complaints.push(text);
      };
      context.on("console", (message) => {
        const page = message.page();
        if (message.type() === "error" && !(page && isItsOwnAnswer(page, message))) note(message.text());
      });
      context.on("weberror", (error) => note(String(error.error())));
      await use();
      expect(complaints, "the browser complained").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
