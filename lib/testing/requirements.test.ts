import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const prefixes = "X|ACC|ADM|AUD|AUT|CRY|INP|LNK|MFA|OPS|ORG|OVW|PWD|REL|SES|SIT|SSO|SUP|TEN|UPL|WEB|WHK";
const id = new RegExp(String.raw`\b(?:${prefixes})-\d+\b`, "g");
const read = (file: string) => readFileSync(file, "utf8");

const definitions = [...read("REQUIREMENTS.md").matchAll(/^- ([A-Z]+-\d+): \S/gm)].map(([, defined]) => String(defined));
const tests = globSync("{app,components,db,e2e,emails,lib,scripts}/**/*.{test,spec}.{ts,tsx}").concat("proxy.test.ts");
const named = new Set(tests.flatMap((file) => read(file).match(id) ?? []));

test("each requirement is defined once", () => {
  expect(definitions.filter((defined, index) => definitions.indexOf(defined) !== index)).toEqual([]);
});

test("every id that a test names is a defined requirement", () => {
  expect([...named].filter((used) => !definitions.includes(used))).toEqual([]);
});

test("every defined requirement is named by a test", () => {
  expect(definitions.filter((defined) => !named.has(defined))).toEqual([]);
});

test("only tests and REQUIREMENTS.md name ids", () => {
  const files = globSync(["{app,components,db,e2e,emails,lib,public,scripts}/**/*.{ts,tsx,css,js,mjs,sql}", "*.{ts,mjs}"]);
  const sources = files.filter((file) => !tests.includes(file) && !/from "vitest"/.test(read(file)));
  const anyId = new RegExp(id.source);
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.filter((file) => anyId.test(read(file)))).toEqual([]);
});
