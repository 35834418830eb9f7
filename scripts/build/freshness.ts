import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { projectPath, projectRoot } from "../start/paths.ts";

const sources = [
  "{app,components,db,emails,lib}/**/*.{ts,tsx,css,sql,json,txt}",
  "public/**/*.*",
  "scripts/{migrate,organization,seed,staff,worker}.ts",
  "scripts/{organization,staff}/*.ts",
  "scripts/build/*.ts",
  "{next.config,proxy,instrumentation,instrumentation-client}.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const outputs = [".next/standalone/server.js", "dist/migrate.mjs", "dist/seed.mjs", "dist/people.mjs", "dist/staff.mjs", "dist/organization.mjs", "dist/worker.mjs"];
const stamp = () => projectPath("dist", "built-from");
const buildId = () => readFileSync(projectPath(".next", "BUILD_ID"), "utf8");

function fingerprint(): string {
  const hash = createHash("sha256");
  const files = globSync(sources, { cwd: projectRoot, exclude: ["**/*.test.{ts,tsx}"] }).sort();
  for (const file of files) hash.update(file).update("\0").update(readFileSync(projectPath(file))).update("\0");
  return hash.digest("hex");
}

/** Whether the last build matches the current sources. */
export function isBuildFresh(): boolean {
  if (!existsSync(stamp()) || !outputs.every((file) => existsSync(projectPath(file)))) return false;
  return readFileSync(stamp(), "utf8") === `${fingerprint()} ${buildId()}`;
}

/** Runs a build and records the sources it was made from once it is complete. */
export async function buildAndRecord(build: () => Promise<void>): Promise<void> {
  const before = fingerprint();
  rmSync(stamp(), { force: true });
  await build();
  mkdirSync(projectPath("dist"), { recursive: true });
  writeFileSync(stamp(), `${before} ${buildId()}`);
}
