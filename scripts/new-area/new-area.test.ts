import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { pinnedNode, projectPath, projectRoot } from "../start/paths.ts";

// Compiles the whole project and starts a Postgres of its own.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const notCopied = /^(\.git|\.next|\.data|dist|node_modules|screenshots|test-results|playwright-report|coverage|.*\.tsbuildinfo)$/;
const scratch = mkdtempSync(path.join(tmpdir(), "new-area-"));
const environment = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|DATABASE_URL$|npm_)/.test(name))), NODE_ENV: "test" as const, NO_COLOR: "1" };

const execute = promisify(execFile);

/** Runs a program in the scratch copy; returns its output if it fails. */
async function failureOf(...args: string[]): Promise<string> {
  try {
    await execute(pinnedNode, args, { cwd: scratch, env: environment, maxBuffer: 64_000_000 });
    return "";
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    return `${stdout}${stderr}` || message;
  }
}

const program = (...parts: string[]) => path.join(scratch, "node_modules", ...parts);
const read = (folder: string, file: string) => readFileSync(path.join(folder, file), "utf8");
const isCopied = (file: string) => !notCopied.test(file.split(path.sep)[0] ?? "");

/** The files of the scratch copy that are new or differ from the project's. */
const changedFiles = () =>
  globSync("**/*.{ts,tsx,json,sql,md,mjs,css}", { cwd: scratch, exclude: ["node_modules", ".next"] })
    .filter(isCopied)
    .filter((file) => !existsSync(path.join(projectRoot, file)) || read(scratch, file) !== read(projectRoot, file))
    .sort();

beforeAll(async () => {
  // Postgres runs as another user when the tests run as root.
  chmodSync(scratch, 0o755);
  cpSync(projectRoot, scratch, { recursive: true, filter: (source) => isCopied(path.relative(projectRoot, source)) });
  symlinkSync(projectPath("node_modules"), path.join(scratch, "node_modules"));
  expect(await failureOf("scripts/new-area/main.ts", "parcels")).toBe("");
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

test("its types are sound", async () => {
  expect(await failureOf(program("next", "dist", "bin", "next"), "typegen")).toBe("");
  expect(await failureOf(program("typescript", "bin", "tsc"), "--noEmit", "--incremental", "false")).toBe("");
});

test("lint finds nothing in it", async () => {
  const places = ["lib/parcels", "lib/areas.ts", "app/(portal)/orgs/[orgId]/parcels", "db/schema", "e2e/parcels.spec.ts"];
  expect(await failureOf(program("oxlint", "bin", "oxlint"), "--deny-warnings", ...places)).toBe("");
});

test("its tests and the tests of all areas pass", async () => {
  const tests = ["lib/parcels", "lib/areas.test.ts", "lib/testing/authorization-coverage.test.ts", "scripts/screenshots/pages.test.ts"];
  expect(await failureOf(program("vitest", "vitest.mjs"), "run", ...tests)).toBe("");
});
