import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const lock: { packages: Record<string, { version?: string }> } = JSON.parse(
  readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"),
);

const minimumVersions: Array<[name: string, atLeast: string, why: string]> = [
  ["next", "16.3.3", "remote code execution in image optimisation"],
  ["react", "19.2.4", "denial of service in server components"],
  ["react-dom", "19.2.4", "denial of service in server components"],
  ["drizzle-orm", "0.45.2", "unescaped identifiers"],
  ["nodemailer", "10.0.0", "mail sent to a second recipient"],
  ["@node-saml/node-saml", "5.1.0", "signature bypass"],
  ["@xmldom/xmldom", "0.8.13", "XML injection"],
  ["xml-crypto", "6.1.2", "signature bypass"],
  ["samlify", "2.10.0", "signature wrapping"],
  ["file-type", "21.3.1", "endless loop on ASF"],
  ["postgres", "3.4.9", "newest reviewed"],
  ["pg-boss", "12.35.0", "newest reviewed"],
];

const bannedPackages = ["adm-zip", "graphile-worker"];

const installed = (name: string) =>
  Object.entries(lock.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([path, { version = "0.0.0" }]) => ({ path, version }));

test.each(minimumVersions)("WEB-6: every installed %s is at least %s (%s)", (name, atLeast) => {
  expect(installed(name).filter(({ version }) => !isAtLeast(version, atLeast))).toEqual([]);
});

test.each(["next", "next-auth", "drizzle-orm", "postgres", "pg-boss"])("WEB-6: %s is pinned exactly", (name) => {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  expect(dependencies[name]).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  expect(installed(name).map(({ version }) => version)).toContain(dependencies[name]);
});

test("WEB-6: next-auth includes the fix for sign-in through a failing provider", () => {
  expect(installed("next-auth").every(({ version }) => isAtLeast(version, "5.0.0-beta.32"))).toBe(true);
});

test.each(bannedPackages)("WEB-6: %s is not installed", (name) => {
  expect(installed(name)).toEqual([]);
});

test("WEB-6: versions are compared numerically, and a prerelease is lower than its release", () => {
  expect(isAtLeast("16.10.0", "16.3.3")).toBe(true);
  expect(isAtLeast("16.3.2", "16.3.3")).toBe(false);
  expect(isAtLeast("5.0.0-beta.31", "5.0.0-beta.32")).toBe(false);
  expect(isAtLeast("16.3.3-canary.1", "16.3.3")).toBe(false);
  expect(isAtLeast("5.0.0", "5.0.0-beta.32")).toBe(true);
});

function isAtLeast(version: string, atLeast: string): boolean {
  const [ours, theirs] = [parts(version), parts(atLeast)];
  const index = ours.findIndex((part, at) => part !== theirs[at]);
  return index === -1 || (ours[index] ?? 0) > (theirs[index] ?? 0);
}

function parts(version: string): number[] {
  const [release = "", preview] = version.split("-", 2);
  const numbers = release.split(".").map(Number);
  return [...numbers, preview === undefined ? Number.MAX_SAFE_INTEGER : Number(/\d+$/.exec(preview)?.[0] ?? 0)];
}
