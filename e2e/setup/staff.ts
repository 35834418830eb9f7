import { spawnSync } from "node:child_process";
import { ownerUrl } from "../../scripts/postgres/cluster.ts";
import { projectPath } from "../../scripts/start/paths.ts";
import { throwawayDataFolder, trialSecret } from "../../scripts/start/settings.ts";

/** Runs the staff command of the operator. */
export function runStaffCommand(...args: string[]): { code: number | null; output: string } {
  const data = throwawayDataFolder(process.env.E2E_PORT);
  const { PATH = "" } = process.env;
  const env = { PATH, NODE_ENV: "production" as const, DATABASE_URL: ownerUrl(data), SIGNALBOX_SECRET: trialSecret(data), TRIAL: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [projectPath("dist", "staff.mjs"), ...args], { env, encoding: "utf8", timeout: 30_000 });
  return { code: status, output: `${stdout}${stderr}`.trim() };
}
