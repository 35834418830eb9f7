import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ownerUrl } from "../postgres/cluster.ts";
import { inside, pinnedNode, root } from "../start/paths.ts";
import { given, trialSecret } from "../start/settings.ts";

const program = inside("dist", "staff.mjs");
const data = inside(".data");

/** The settings of the installation, or of the trial that runs from this folder. */
function settings(): NodeJS.ProcessEnv | undefined {
  const asked: NodeJS.ProcessEnv = { ...given(), NODE_ENV: "production" };
  if (asked.DATABASE_URL) return asked;
  if (!existsSync(inside(".data", "running.json"))) return undefined;
  return { ...asked, DATABASE_URL: ownerUrl(data), SIGNALBOX_SECRET: asked.SIGNALBOX_SECRET ?? trialSecret(data), TRIAL: "1" };
}

const env = settings();
if (!existsSync(program)) {
  console.error("Build first: npm run build");
  process.exitCode = 1;
} else if (!env) {
  console.error("There is no DATABASE_URL, and no trial runs from this folder. Start it with npm start, or set DATABASE_URL.");
  process.exitCode = 1;
} else {
  const { status } = spawnSync(pinnedNode, [program, ...process.argv.slice(2)], { cwd: root, env, stdio: "inherit" });
  process.exitCode = status ?? 1;
}
