import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const violations: [file: string, code: string][] = [
  ["lib/shared/planted.ts", 'import "@/db/client";'],
  ["lib/shared/second.ts", 'import "@/lib/sites/schema";'],
  ["db/planted.ts", 'import "@/lib/sites/queries";'],
  ["lib/kernel/planted.ts", 'import "@/lib/sites/queries";'],
  ["lib/kernel/second.ts", 'import "@/lib/sites/internal";'],
  ["lib/sites/schema.ts", 'import "@/db/schema";'],
  ["lib/sites/area.ts", 'import "../sites/queries.ts";'],
  ["lib/audit/area.ts", 'import "@/db/schema";'],
  ["lib/sites/queries.ts", 'import "@/db/client";'],
  ["lib/audit/queries.ts", 'import "@/db/transaction";'],
  ["lib/accounts/queries.ts", 'import "@/db/pool/connection-pool";'],
  ["lib/sites/rules.ts", 'import "@/db/auth-access";'],
  ["lib/organizations/queries.ts", 'import "next/headers";'],
  ["lib/sites/commands.ts", 'import "@/lib/organizations/commands";'],
  ["lib/sites/internal.ts", 'import "@/lib/organizations/jobs";'],
  ["lib/sites/jobs.ts", 'import "@/lib/sites/commands";'],
  ["lib/accounts/commands.ts", 'import "@/lib/sessions/commands";'],
  ["lib/sessions/commands.ts", 'import type { LoginResult } from "@/lib/accounts/commands"; export type L = LoginResult;'],
  ["lib/accounts/internal.ts", 'import "@/lib/web/page";'],
  ["lib/any-new-area/commands.ts", 'import "@/lib/accounts/commands";'],
  ["lib/web/planted.ts", 'import "@/db/auth-access";'],
  ["lib/web/second.ts", 'import "@/components/ui/button";'],
  ["lib/web/page-wrapper.tsx", 'import "@/db/schema";'],
  ["components/planted.tsx", 'import "@/lib/sites/queries";'],
  ["app/planted/actions.ts", 'import "@/db/schema";'],
  ["app/planted/second.ts", 'import "@/lib/kernel/command";'],
  ["lib/kernel/deep/planted.ts", 'import "../../sites/queries";'],
  ["lib/sites/deep/planted.ts", 'import "../../organizations/commands";'],
  ["lib/web/third.ts", 'import "../../db/schema";'],
  ["lib/shared/third.ts", 'import "../sites/schema";'],
  ["lib/shared/deep/planted.ts", 'import "../../sites/schema";'],
  ["lib/accounts/area.ts", 'import "../../db/schema.ts";'],
  ["db/schema/planted.ts", 'import "../../lib/sites/queries";'],
  ["components/ui/planted.tsx", 'import "../../lib/sites/queries";'],
  ["app/planted/deep/actions.ts", 'import "../../../db/schema";'],
  ["app/planted/third.ts", 'import * as z from "zod"; export const x = z;'],
];

const allowed: [file: string, code: string][] = [
  ["components/fine.tsx", 'import "@/lib/shared/roles";'],
  ["components/second.tsx", 'import "@/lib/sites/schema";'],
  ["app/fine.ts", 'import "@/lib/sites/commands";'],
  ["lib/kernel/fine.ts", 'import "@/lib/access/actor"; import "@/db/tenant-transaction"; import "@/db/auth-access";'],
  ["lib/administrators/commands.ts", ["schema", "queries", "rules", "internal", "area"].map((file) => `import "@/lib/sites/${file}";`).join(" ")],
  ["lib/administrators/jobs.ts", 'import "@/db/tenant-transaction";'],
  ["lib/organizations/area.ts", 'import "../shared/define-area.ts";'],
  ["lib/web/fine.ts", 'import "@/lib/sites/commands";'],
  ["lib/shared/registry.ts", 'import "../areas.ts";'],
  ["components/ui/fine.tsx", 'import "../form/fields";'],
  ["app/planted/deep/fine.ts", 'import "../../actions";'],
  ["db/fine.ts", 'import "@/lib/shared/events";'],
];

const root = process.cwd();
const scratch = mkdtempSync(path.join(tmpdir(), "import-boundaries-"));
let output = "";

beforeAll(() => {
  cpSync(path.join(root, "oxlint.config.ts"), path.join(scratch, "oxlint.config.ts"));
  for (const [file, text] of [...violations, ...allowed]) {
    mkdirSync(path.join(scratch, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(scratch, file), `${text}\n`);
  }
  const lint = path.join(root, "node_modules/.bin/oxlint");
  try {
    // oxlint finds its type-aware half on the PATH.
    const env = { ...process.env, PATH: `${path.resolve("node_modules/.bin")}${path.delimiter}${process.env.PATH}` };
    output = execFileSync(process.execPath, [lint, "--format=unix"], { cwd: scratch, encoding: "utf8", env });
  } catch (error) {
    output = String(Reflect.get(error as object, "stdout"));
  }
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("import boundaries", () => {
  test.each(violations)("%s must not contain %s", (file) => {
    expect(output.split("\n").filter((line) => line.startsWith(file) && line.includes("no-restricted-imports"))).toHaveLength(1);
  });

  test.each(allowed)("%s may contain %s", (file) => {
    expect(output).not.toContain(`${file}:`);
  });

  test("the lint configuration names no area", () => {
    const config = readFileSync(path.join(root, "oxlint.config.ts"), "utf8");
    const layers = ["access", "kernel", "shared", "web", "testing"];
    const areas = globSync("lib/*/", { cwd: root }).map((folder) => path.basename(folder)).filter((name) => !layers.includes(name));
    expect(areas.length).toBeGreaterThan(10);
    expect(areas.filter((area) => config.includes(`lib/${area}/`))).toEqual([]);
  });

  test("TEN-4: an operation of an organization opens no transaction of its own", () => {
    const operations = globSync("lib/*/*.ts", { cwd: root }).filter((file) => !file.startsWith("lib/kernel/") && !file.includes(".test."));
    const mixed = operations.filter((file) => {
      const text = readFileSync(path.join(root, file), "utf8");
      return /from "@\/lib\/kernel\/(command|query)"/.test(text) && /from "@\/db\/(auth-access|tenant-transaction)"/.test(text);
    });
    expect(mixed).toEqual([]);
  });
});
