import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ownerUrl } from "../postgres/cluster.ts";
import { pinnedNode, projectPath, projectRoot } from "./paths.ts";
import { readSettings, trialSecret } from "./settings.ts";

const data = projectPath(".data");

/** The settings of the installation, or of the trial installation running in this folder. */
function settings(): NodeJS.ProcessEnv | undefined {
  const configured: NodeJS.ProcessEnv = { ...readSettings(), NODE_ENV: "production" };
  if (configured.DATABASE_URL) return configured;
  if (!existsSync(projectPath(".data", "running.json"))) return undefined;
  return { ...configured, DATABASE_URL: ownerUrl(data), SIGNALBOX_SECRET: configured.SIGNALBOX_SECRET ?? trialSecret(data), TRIAL: "1" };
}

/** Runs a built program of `dist` with the arguments of this process and the settings of the installation. */
export function runServerProgram(file: string): void {
  const program = projectPath("dist", file);
  const env = settings();
  process.exitCode = 1;
  if (!existsSync(program)) console.error("Build first: npm run build");
  else if (!env) console.error("DATABASE_URL is not set, and no trial installation is running in this folder. Run npm start, or set DATABASE_URL.");
  else process.exitCode = spawnSync(pinnedNode, [program, ...process.argv.slice(2)], { cwd: projectRoot, env, stdio: "inherit" }).status ?? 1;
}
