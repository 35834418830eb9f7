import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ownerUrl } from "../postgres/cluster.ts";
import { projectPath, pinnedNode, projectRoot } from "../start/paths.ts";
import { readSettings, trialSecret } from "../start/settings.ts";

const program = projectPath("dist", "staff.mjs");
const data = projectPath(".data");

/** The settings of the installation, or of the trial installation running in this folder. */
function settings(): NodeJS.ProcessEnv | undefined {
  const configured: NodeJS.ProcessEnv = { ...readSettings(), NODE_ENV: "production" };
  if (configured.DATABASE_URL) return configured;
  if (!existsSync(projectPath(".data", "running.json"))) return undefined;
  return { ...configured, DATABASE_URL: ownerUrl(data), SIGNALBOX_SECRET: configured.SIGNALBOX_SECRET ?? trialSecret(data), TRIAL: "1" };
}

const env = settings();
if (!existsSync(program)) {
  console.error("Build first: npm run build");
  process.exitCode = 1;
} else if (!env) {
  console.error("DATABASE_URL is not set, and no trial installation is running in this folder. Run npm start, or set DATABASE_URL.");
  process.exitCode = 1;
} else {
  const { status } = spawnSync(pinnedNode, [program, ...process.argv.slice(2)], { cwd: projectRoot, env, stdio: "inherit" });
  process.exitCode = status ?? 1;
}
