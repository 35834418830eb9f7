import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { projectPath } from "../start/paths.ts";
import { readPostmaster, isProcessAlive, stopLeftoverPostmaster } from "./postmaster.ts";

const day = 24 * 60 * 60 * 1_000;
const throwaway = /^(throwaway|test)[- ]/;

/** Deletes data folders of killed throwaway and test runs after a day. */
export function deleteStaleData(): void {
  if (!existsSync(projectPath(".data"))) return;
  for (const name of readdirSync(projectPath(".data")).filter((entry) => throwaway.test(entry))) {
    const home = projectPath(".data", name);
    const postmaster = readPostmaster(path.join(home, "postgres"));
    if (Date.now() - statSync(home).mtimeMs < day || (postmaster && isProcessAlive(postmaster.pid))) continue;
    rmSync(home, { recursive: true, force: true });
  }
}

/** Deletes the data folder of a killed throwaway portal with the same name. */
export async function deleteThrowawayData(home: string): Promise<void> {
  await stopLeftoverPostmaster(path.join(home, "postgres"));
  rmSync(home, { recursive: true, force: true });
}
