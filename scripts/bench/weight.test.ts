import { globSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { scriptUrls, stylesheetUrls } from "./weight.ts";

const page = `<html><head>
  <link rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>
  <link rel="preload" as="font" href="/_next/static/media/inter.woff2"/>
  <script src="/_next/static/chunks/main.js" async=""></script>
  <script src="/_next/static/chunks/old.js" noModule=""></script></head>
  <body><script>self.__next_f.push([1,"3:I[7,[\\"/_next/static/chunks/menu.js\\",\\"/_next/static/chunks/main.js\\"]"])</script></body></html>`;

test("scripts are found in the markup and the RSC payload, without duplicates and nomodule scripts", () => {
  expect(scriptUrls(page)).toEqual(["/_next/static/chunks/main.js", "/_next/static/chunks/menu.js"]);
});

test("only style sheets count as style", () => {
  expect(stylesheetUrls(page)).toEqual(["/_next/static/chunks/a.css"]);
});

const schemas = globSync("lib/*/schema.ts", { cwd: process.cwd() });

test("there are schemas to weigh", () => expect(schemas.length).toBeGreaterThan(10));

/** In bytes, gzipped. A site and the change of several have 28 sections, each with its labels, the shipped firmware versions and the notations of coordinates; a device profile has the sections of three types. */
const limits: Record<string, number> = { "lib/wlans/schema.ts": 20_500, "lib/device-profiles/schema.ts": 21_500, "lib/site-settings/schema.ts": 34_000, "lib/site-bulk-edit/schema.ts": 34_500 };
const usualLimit = 18_000;

test.each(schemas)("X-4: what a browser fetches to validate the forms of %s stays within its limit", async (file) => {
  const { outputFiles } = await build({
    entryPoints: [file],
    alias: { "@": process.cwd() },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  expect(gzipSync(outputFiles[0]?.contents ?? "").length).toBeLessThan(limits[file] ?? usualLimit);
});
