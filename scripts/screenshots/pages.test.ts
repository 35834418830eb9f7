import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { inside } from "../start/paths.ts";
import { cover, shots, shotsWithoutGoogle } from "./pages.ts";

/** An address as a pattern: what stands in brackets may be anything. */
function patternOf(file: string): RegExp {
  const route = file.replaceAll("\\", "/").replace(/\/?page\.tsx$/, "").replaceAll(/\([^)]*\)\/?/g, "");
  return new RegExp(`^/${route.replaceAll(/\[[^\]]*\]/g, "[^/?]+")}(\\?.*)?$`);
}

const leadsElsewhere = new Set(["page.tsx"]);
const pages = globSync("**/page.tsx", { cwd: inside("app") }).filter((file) => !leadsElsewhere.has(file));

test.each(pages)("there is a picture of %s", (file) => {
  expect(shots.some(({ at }) => patternOf(file).test(at))).toBe(true);
});

test("no two pictures have one name", () => {
  const names = [...shots, ...shotsWithoutGoogle, cover].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
