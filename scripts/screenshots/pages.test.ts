import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { projectPath } from "../start/paths.ts";
import { cover, screenshots, screenshotsWithoutGoogle } from "./pages.ts";

/** Matches the paths of a page file; dynamic segments match anything. */
function pathPattern(file: string): RegExp {
  const route = file.replaceAll("\\", "/").replace(/\/?page\.tsx$/, "").replaceAll(/\([^)]*\)\/?/g, "");
  return new RegExp(`^/${route.replaceAll(/\[[^\]]*\]/g, "[^/?]+")}(\\?.*)?$`);
}

const redirectPages = new Set(["page.tsx"]);
const pages = globSync("**/page.tsx", { cwd: projectPath("app") }).filter((file) => !redirectPages.has(file));

test.each(pages)("there is a screenshot of %s", (file) => {
  expect(screenshots.some(({ path: at }) => pathPattern(file).test(at))).toBe(true);
});

test("screenshot names are unique", () => {
  const names = [...screenshots, ...screenshotsWithoutGoogle, cover].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
