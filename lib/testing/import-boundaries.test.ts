import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const violations: [string, string][] = [
  ["lib/shared/planted.ts", 'import "@/db/client";'],
  ["db/planted.ts", 'import "@/lib/sites/queries";'],
  ["lib/kernel/planted.ts", 'import "@/lib/sites/queries";'],
  ["lib/sites/schema.ts", 'import "@/db/schema";'],
  ["lib/sites/area.ts", 'import "../sites/queries.ts";'],
  ["lib/audit/area.ts", 'import "@/db/schema";'],
  ["lib/sites/planted.ts", 'import "@/db/tenant-transaction";'],
  ["lib/sites/second.ts", 'import "@/db/auth-access";'],
  ["lib/sites/third.ts", 'import "next/headers";'],
  ["lib/sites/fourth.ts", 'import "@/lib/organizations/commands";'],
  ["lib/accounts/planted.ts", 'import "@/lib/web/page";'],
  ["lib/sites/fifth.ts", 'import "@/db/transaction";'],
  ["lib/accounts/second.ts", 'import "@/db/pool/connection-pool";'],
  ["lib/web/planted.ts", 'import "@/db/auth-access";'],
  ["lib/web/org-page.tsx", 'import "@/app/(portal)/actions";'],
  ["lib/web/flash.tsx", 'import "@/db/schema";'],
  ["components/planted.tsx", 'import "@/lib/sites/queries";'],
  ["app/planted/actions.ts", 'import "@/db/schema";'],
  ["app/planted/second.ts", 'import "@/lib/kernel/command";'],
];

const allowed: [string, string][] = [
  ["lib/organizations/area.ts", 'import "../shared/define-area.ts";'],
  ["components/fine.tsx", 'import "@/lib/shared/roles";'],
  ["app/fine.ts", 'import "@/lib/sites/commands";'],
  ["lib/web/page-content.tsx", 'import "@/components/ui/button";'],
  ["lib/kernel/fine.ts", 'import "@/lib/access/actor";'],
  ["db/fine.ts", 'import "@/lib/shared/events";'],
];

const root = process.cwd();
const scratch = mkdtempSync(path.join(tmpdir(), "rooms-"));
let output = "";

beforeAll(() => {
  cpSync(path.join(root, ".oxlintrc.json"), path.join(scratch, ".oxlintrc.json"));
  for (const [file, text] of [...violations, ...allowed]) {
    mkdirSync(path.join(scratch, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(scratch, file), `${text}\n`);
  }
  const lint = path.join(root, "node_modules/.bin/oxlint");
  try {
    output = execFileSync(lint, ["--format=unix"], { cwd: scratch, encoding: "utf8" });
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
});
