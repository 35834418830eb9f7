import { expect, test } from "vitest";
import { scriptsOf, stylesOf } from "./weight.ts";

const page = `<html><head>
  <link rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>
  <link rel="preload" as="font" href="/_next/static/media/inter.woff2"/>
  <script src="/_next/static/chunks/main.js" async=""></script>
  <script src="/_next/static/chunks/old.js" noModule=""></script></head>
  <body><script>self.__next_f.push([1,"3:I[7,[\\"/_next/static/chunks/menu.js\\",\\"/_next/static/chunks/main.js\\"]"])</script></body></html>`;

test("a page's scripts are those of its markup and its first render, each once, without those for old browsers", () => {
  expect(scriptsOf(page)).toEqual(["/_next/static/chunks/main.js", "/_next/static/chunks/menu.js"]);
});

test("only style sheets count as style", () => {
  expect(stylesOf(page)).toEqual(["/_next/static/chunks/a.css"]);
});
