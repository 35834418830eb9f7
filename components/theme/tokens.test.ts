import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const sources = globSync("{app,components}/**/*.{ts,tsx,css}", { cwd: root }).map((file) => readFileSync(new URL(file, root), "utf8"));
const names = (pattern: RegExp) => new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name)));

it("every CSS variable that is used is declared", () => {
  const declared = names(/(--[\w-]+)['"]?\]?:/g);
  const used = names(/var\((--[\w-]*)/g);
  expect([...used].filter((name) => !declared.has(name) && !name.startsWith("--tw-"))).toEqual([]);
});
