import { expect, test } from "vitest";
import { errorPage } from "@/lib/web/error-page";

test.each([
  [500, "This page couldn’t be shown"],
  [503, "The portal isn’t available right now"],
] as const)("WEB-5, REL-3: the page for %i is complete without script and shows the id to quote", (status, title) => {
  const page = errorPage(status, "0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f");
  expect(page).toContain(`<h1>${title}</h1>`);
  expect(page).toContain("Error ID 0192f0c1-7b1a-7c3e-9a51-3d2b5c6d7e8f<");
  expect(page).toContain('<a href="">Try again</a>');
  expect(page).not.toMatch(/<script|style=|<style|\{/);
});
