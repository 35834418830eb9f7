import { cpSync, existsSync, globSync, rmSync } from "node:fs";
import path from "node:path";
import { build, stop } from "esbuild";
import { projectPath, projectRoot } from "../start/paths.ts";
import { runProgram } from "../start/run-program.ts";
import { isBuildFresh, buildAndRecord } from "./freshness.ts";

const empty = projectPath("node_modules", "server-only", "empty.js");
const requireInModules = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

async function buildWeb() {
  const next = projectPath("node_modules", "next", "dist", "bin", "next");
  await runProgram("The build", [next, "build"], { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  const standalone = projectPath(".next", "standalone");
  cpSync(projectPath(".next", "static"), path.join(standalone, ".next", "static"), { recursive: true });
  if (existsSync(projectPath("public"))) cpSync(projectPath("public"), path.join(standalone, "public"), { recursive: true });
  for (const file of globSync(".env*", { cwd: standalone })) rmSync(path.join(standalone, file));
}

async function buildPrograms() {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: {
      migrate: "scripts/migrate.ts",
      seed: "scripts/seed.ts",
      worker: "scripts/worker.ts",
      staff: "scripts/staff.ts",
      organization: "scripts/organization.ts",
      people: "db/seed/people.ts",
    },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: false,
    platform: "node",
    format: "esm",
    target: "node24",
    alias: { "server-only": empty },
    external: ["@node-rs/argon2", "pg-native"],
    banner: { js: requireInModules },
    jsx: "automatic",
    legalComments: "none",
    logLevel: "error",
  });
  await stop();
  cpSync(projectPath("db", "migrations"), projectPath("dist", "migrations"), { recursive: true });
}

/** Builds web and worker. */
export const buildPortal = () =>
  buildAndRecord(async () => {
    rmSync(projectPath("dist"), { recursive: true, force: true });
    await buildPrograms();
    await buildWeb();
  });

/** Builds unless the last build matches the current sources. */
export async function ensureBuilt(): Promise<void> {
  if (isBuildFresh()) return;
  console.log("Building (about a minute, only after changes)");
  await buildPortal();
}
