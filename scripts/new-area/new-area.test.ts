import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { pinnedNode, projectPath, projectRoot } from "../start/paths.ts";

// Compiles the whole project and starts a Postgres of its own.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const notCopied = /^(\.git|\.next|\.data|dist|node_modules|screenshots|test-results|playwright-report|coverage|.*\.tsbuildinfo)$/;
const scratch = mkdtempSync(path.join(tmpdir(), "new-area-"));
const environment = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|DATABASE_URL$|npm_)/.test(name))), NODE_ENV: "test" as const, NO_COLOR: "1" };

/** Runs a program in the scratch copy; returns its output if it fails. */
function failureOf(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(pinnedNode, args, { cwd: scratch, env: environment, encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}` || `exit code ${status}`;
}

const program = (...parts: string[]) => path.join(scratch, "node_modules", ...parts);
const read = (folder: string, file: string) => readFileSync(path.join(folder, file), "utf8");
const isCopied = (file: string) => !notCopied.test(file.split(path.sep)[0] ?? "");

/** The files of the scratch copy that are new or differ from the project's. */
const changedFiles = () =>
  globSync("**/*.{ts,tsx,json,sql,md,mjs,css}", { cwd: scratch, exclude: ["node_modules", ".next"] })
    .filter(isCopied)
    .filter((file) => globSync(file.replaceAll(/[[\]()]/g, "\\$&"), { cwd: projectRoot }).length === 0 || read(scratch, file) !== read(projectRoot, file))
    .sort();

beforeAll(() => {
  cpSync(projectRoot, scratch, { recursive: true, filter: (source) => isCopied(path.relative(projectRoot, source)) });
  symlinkSync(projectPath("node_modules"), path.join(scratch, "node_modules"));
  expect(failureOf("scripts/new-area/main.ts", "parcels")).toBe("");
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("a new area changes the list of areas, the schema index and the migrations, and nothing else outside its own folders", () => {
  const own = /^(lib\/parcels|app\/\(portal\)\/orgs\/\[orgId\]\/parcels)\/|^db\/schema\/parcels\.ts$|^e2e\/parcels\.spec\.ts$/;
  const [mine, others] = [changedFiles().filter((file) => own.test(file)), changedFiles().filter((file) => !own.test(file))];
  expect(mine.length).toBeGreaterThan(12);
  expect(others.map((file) => file.replace(/\d{4}/, "0000"))).toEqual([
    "db/migrations/0000_create_parcels.sql",
    "db/migrations/meta/0000_snapshot.json",
    "db/migrations/meta/_journal.json",
    "db/schema/index.ts",
    "lib/areas.ts",
  ]);
});

test("its types are sound", () => {
  expect(failureOf(program("next", "dist", "bin", "next"), "typegen")).toBe("");
  expect(failureOf(program("typescript", "bin", "tsc"), "--noEmit", "--incremental", "false")).toBe("");
});

test("lint finds nothing in it", () => {
  const places = ["lib/parcels", "lib/areas.ts", "app/(portal)/orgs/[orgId]/parcels", "db/schema", "e2e/parcels.spec.ts"];
  expect(failureOf(program("oxlint", "bin", "oxlint"), "--deny-warnings", ...places)).toBe("");
});

test("its tests and the tests of all areas pass", () => {
  const tests = ["lib/parcels", "lib/areas.test.ts", "lib/testing/authorization-coverage.test.ts", "scripts/screenshots/pages.test.ts"];
  expect(failureOf(program("vitest", "vitest.mjs"), "run", ...tests)).toBe("");
});
