import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { inside } from "../start/paths.ts";
import { postmasterOf, isAlive, stopLeftover } from "./leftover.ts";

const day = 24 * 60 * 60 * 1_000;
const throwaway = /^(throwaway|test)[- ]/;

/** Deletes data folders of killed throwaway and test runs after a day. */
export function sweep(): void {
  if (!existsSync(inside(".data"))) return;
  for (const name of readdirSync(inside(".data")).filter((entry) => throwaway.test(entry))) {
    const home = inside(".data", name);
    const postmaster = postmasterOf(path.join(home, "postgres"));
    if (Date.now() - statSync(home).mtimeMs < day || (postmaster && isAlive(postmaster.pid))) continue;
    rmSync(home, { recursive: true, force: true });
  }
}

/** Deletes the data folder of a killed throwaway portal with the same name. */
export async function clear(home: string): Promise<void> {
  await stopLeftover(path.join(home, "postgres"));
  rmSync(home, { recursive: true, force: true });
}
