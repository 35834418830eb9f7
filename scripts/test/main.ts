import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { ensureBuilt } from "../build/portal.ts";
import { projectPath, pinnedNode, projectRoot } from "../start/paths.ts";
import { ensureBrowser } from "./browser.ts";
import { playwrightCounts, withStepFailure, vitestCounts, type Counts } from "./counts.ts";

type Step = { name: string; title: string; run: () => Promise<boolean>; counts?: () => Counts };

const zero: Counts = { passed: 0, failed: 0 };
const reports = projectPath(".data", "reports");
const unitReport = `${reports}/unit.json`;
const e2eReport = `${reports}/e2e.json`;

async function runTool(script: string, args: string[] = [], env: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(pinnedNode, [projectPath("node_modules", script), ...args], {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code === 0;
}

const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`];

const steps: Step[] = [
  {
    name: "types",
    title: "Types",
    // An incremental check misses errors in files that did not change themselves.
    run: async () => (await runTool("next/dist/bin/next", ["typegen"])) && (await runTool("typescript/bin/tsc", ["--noEmit", "--incremental", "false"])),
  },
  { name: "lint", title: "Lint", run: () => runTool("oxlint/bin/oxlint", ["--deny-warnings"]) },
  { name: "knip", title: "Dead code", run: () => runTool("knip/bin/knip.js") },
  {
    name: "unit",
    title: "Unit and database tests",
    run: () => runTool("vitest/vitest.mjs", ["run", ...reporters]),
    counts: () => vitestCounts(unitReport),
  },
  { name: "build", title: "Build", run: () => ensureBuilt().then(() => true) },
  {
    name: "e2e",
    title: "End-to-end tests",
    run: async () => {
      ensureBrowser();
      return runTool("@playwright/test/cli.js", ["test"], { E2E_REPORT: e2eReport });
    },
    counts: () => playwrightCounts(e2eReport),
  },
];

async function runStep({ title, run, counts }: Step): Promise<Counts> {
  console.log(`\n── ${title}`);
  const startedAt = Date.now();
  const ok = await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return false;
  });
  console.log(`${ok ? "✓" : "✗"} ${title} (${Math.round((Date.now() - startedAt) / 1_000)} s)`);
  return withStepFailure(counts?.() ?? zero, ok);
}

function selectedSteps(): Step[] {
  const at = process.argv.indexOf("--only");
  if (at < 0) return steps;
  const names = new Set((process.argv[at + 1] ?? "").split(","));
  const found = steps.filter(({ name }) => names.has(name));
  if (found.length !== names.size) throw new Error(`--only accepts ${steps.map(({ name }) => name).join(", ")}`);
  return found;
}

const total = { ...zero };
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
for (const step of selectedSteps()) {
  const { passed, failed } = await runStep(step);
  total.passed += passed;
  total.failed += failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
