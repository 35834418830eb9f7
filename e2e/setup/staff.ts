import { spawnSync } from "node:child_process";
import { ownerUrl } from "../../scripts/postgres/cluster.ts";
import { projectPath } from "../../scripts/start/paths.ts";
import { throwawayDataFolder, trialSecret } from "../../scripts/start/settings.ts";

/** What staff of the operator do where the settings are, and what the command says to it. */
export function staff(...words: string[]): { code: number | null; said: string } {
  const data = throwawayDataFolder(process.env.E2E_PORT);
  const { PATH = "" } = process.env;
  const env = { PATH, NODE_ENV: "production" as const, DATABASE_URL: ownerUrl(data), SIGNALBOX_SECRET: trialSecret(data), TRIAL: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [projectPath("dist", "staff.mjs"), ...words], { env, encoding: "utf8", timeout: 30_000 });
  return { code: status, said: `${stdout}${stderr}`.trim() };
}
