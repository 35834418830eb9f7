import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pinnedNode, projectPath, projectRoot } from "../start/paths.ts";

const notCopied = /^(\.git|\.next|\.data|dist|node_modules|screenshots|test-results|playwright-report|coverage|.*\.tsbuildinfo)$/;
const scratch = mkdtempSync(path.join(tmpdir(), "new-area-"));
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|DATABASE_URL$|npm_)/.test(name)));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(pinnedNode, args, { cwd: scratch, env: environment as NodeJS.ProcessEnv, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

const program = (...parts: string[]) => path.join(scratch, "node_modules", ...parts);
const succeeded = { status: 0, output: expect.any(String) };
const read = (folder: string, file: string) => readFileSync(path.join(folder, file), "utf8");
const isCopied = (file: string) => !file.split(path.sep).some((part) => notCopied.test(part));

/** The files of the scratch copy that are new or differ from the project's. */
const changedFiles = () =>
  globSync("**/*.{ts,tsx,json,sql,md,mjs,css}", { cwd: scratch, exclude: ["node_modules", ".next"] })
    .filter(isCopied)
    .filter((file) => globSync(file.replaceAll(/[[\]()]/g, "\\$&"), { cwd: projectRoot }).length === 0 || read(scratch, file) !== read(projectRoot, file))
    .sort();

beforeAll(() => {
  cpSync(projectRoot, scratch, { recursive: true, filter: (source) => isCopied(path.relative(projectRoot, source)) });
  symlinkSync(projectPath("node_modules"), path.join(scratch, "node_modules"));
  expect(run("scripts/new-area.mjs", "parcels")).toEqual(succeeded);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("a new area changes the list of areas, the schema index and the migrations, and nothing else outside its own folders", () => {
  const own = /^(lib\/parcels|app\/\(portal\)\/orgs\/\[orgId\]\/parcels)\/|^db\/schema\/parcels\.ts$|^e2e\/parcels\.spec\.ts$/;
  const [mine, others] = [changedFiles().filter((file) => own.test(file)), changedFiles().filter((file) => !own.test(file))];
  expect(mine.length).toBeGreaterThan(12);
  expect(others).toEqual([
    expect.stringMatching(/^db\/migrations\/\d{4}_create_parcels\.sql$/),
    "db/migrations/meta/_journal.json",
    expect.stringMatching(/^db\/migrations\/meta\/\d{4}_snapshot\.json$/),
    "db/schema/index.ts",
    "lib/areas.ts",
  ].toSorted((a, b) => String(a).localeCompare(String(b))));
});

test("its types are sound", () => {
  expect(run(program("next", "dist", "bin", "next"), "typegen")).toEqual(succeeded);
  expect(run(program("typescript", "bin", "tsc"), "--noEmit", "--incremental", "false")).toEqual(succeeded);
});

test("lint finds nothing in it", () => {
  const places = ["lib/parcels", "lib/areas.ts", "app/(portal)/orgs/[orgId]/parcels", "db/schema", "e2e/parcels.spec.ts"];
  expect(run(program("oxlint", "bin", "oxlint"), "--deny-warnings", ...places)).toEqual(succeeded);
});

test("its tests and the tests of all areas pass", () => {
  const tests = ["lib/parcels", "lib/areas.test.ts", "lib/testing/authorization-coverage.test.ts", "scripts/screenshots/pages.test.ts"];
  expect(run(program("vitest", "vitest.mjs"), "run", ...tests)).toEqual(succeeded);
});
