import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { ensureBuilt } from "../build/portal.ts";
import { inside, pinnedNode, root } from "../start/paths.ts";
import { ensureBrowser } from "./browser.ts";
import { playwrightCounts, settled, vitestCounts, type Counts } from "./counts.ts";

type Step = { name: string; title: string; run: () => Promise<boolean>; counts?: () => Counts };

const nothing: Counts = { passed: 0, failed: 0 };
const reports = inside(".data", "reports");
const unitReport = `${reports}/unit.json`;
const journeyReport = `${reports}/e2e.json`;

async function tool(place: string, args: string[] = [], env: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(pinnedNode, [inside("node_modules", place), ...args], {
    cwd: root,
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
    run: async () => (await tool("next/dist/bin/next", ["typegen"])) && (await tool("typescript/bin/tsc", ["--noEmit"])),
  },
  { name: "lint", title: "Lint", run: () => tool("oxlint/bin/oxlint", ["--deny-warnings"]) },
  { name: "knip", title: "Dead code", run: () => tool("knip/bin/knip.js") },
  {
    name: "unit",
    title: "Unit and database tests",
    run: () => tool("vitest/vitest.mjs", ["run", ...reporters]),
    counts: () => vitestCounts(unitReport),
  },
  { name: "build", title: "Build", run: () => ensureBuilt().then(() => true) },
  {
    name: "e2e",
    title: "Journeys in the browser",
    run: async () => {
      ensureBrowser();
      return tool("@playwright/test/cli.js", ["test"], { E2E_REPORT: journeyReport });
    },
    counts: () => playwrightCounts(journeyReport),
  },
];

async function perform({ title, run, counts }: Step): Promise<Counts> {
  console.log(`\n── ${title}`);
  const since = Date.now();
  const ok = await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return false;
  });
  console.log(`${ok ? "✓" : "✗"} ${title} (${Math.round((Date.now() - since) / 1_000)} s)`);
  return settled(counts?.() ?? nothing, ok);
}

function chosen(): Step[] {
  const at = process.argv.indexOf("--only");
  if (at < 0) return steps;
  const names = new Set((process.argv[at + 1] ?? "").split(","));
  const found = steps.filter(({ name }) => names.has(name));
  if (found.length !== names.size) throw new Error(`--only takes ${steps.map(({ name }) => name).join(", ")}`);
  return found;
}

const total = { ...nothing };
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
for (const step of chosen()) {
  const { passed, failed } = await perform(step);
  total.passed += passed;
  total.failed += failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
