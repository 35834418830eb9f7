import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { emailTemplates } from ".";

const pages = globSync("app/**/page.tsx").map((file) => {
  const parts = file.split("/").slice(1, -1).filter((part) => !part.startsWith("("));
  return new RegExp(`^${parts.map((part) => `/${part.startsWith("[") ? "[\\w-]+" : part}`).join("")}$`);
});

const sources = globSync(["lib/**/*.ts"], { exclude: ["**/*.test.ts", "lib/testing/**", "lib/integrations/**"] });
const codeLinks = sources.flatMap((file) => {
  const links = readFileSync(file, "utf8").matchAll(/`\$\{(?:brand\(\)\.)?url\}([^`]*)`/g);
  return [...links].map(([, link = ""]) => [file, link.replaceAll(/\$\{[^}]*\}/g, "0")] as const);
});
const previewLinks = Object.entries(emailTemplates).flatMap(([name, { PreviewProps }]) => {
  const links = Object.values<unknown>(PreviewProps).map(String).filter((value) => value.startsWith("https://"));
  return links.map((link) => [name, link.replace("https://portal.example.net", "")] as const);
});

test("LNK-3: the test finds the links in the code and in the previews", () => {
  expect(codeLinks.length).toBeGreaterThanOrEqual(15);
  expect(previewLinks.length).toBeGreaterThanOrEqual(15);
});

test.each([...codeLinks, ...previewLinks])("ACC-14, PWD-2: the link in %s to %s is a page and has no fragment, which a sign-in would lose", (_, link) => {
  const { pathname, hash } = new URL(link, "https://portal.example.net");
  expect(hash).toBe("");
  expect(pages.some((page) => page.test(pathname))).toBe(true);
});
