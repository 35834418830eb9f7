import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { inside } from "../start/paths.ts";
import { postmasterOf, isAlive, stopLeftover } from "./leftover.ts";

const day = 24 * 60 * 60 * 1_000;
const throwaway = /^(throwaway|test)[- ]/;

/** Removes what runs killed outright left in the data folder; a day is longer than any run. */
export function sweep(): void {
  if (!existsSync(inside(".data"))) return;
  for (const name of readdirSync(inside(".data")).filter((entry) => throwaway.test(entry))) {
    const home = inside(".data", name);
    const master = postmasterOf(path.join(home, "postgres"));
    if (Date.now() - statSync(home).mtimeMs < day || (master && isAlive(master.pid))) continue;
    rmSync(home, { recursive: true, force: true });
  }
}

/** Makes way for a throwaway portal where one that was killed outright had the same name. */
export async function clear(home: string): Promise<void> {
  await stopLeftover(path.join(home, "postgres"));
  rmSync(home, { recursive: true, force: true });
}
