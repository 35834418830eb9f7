import { startPortal } from "./portal.ts";

const options = process.argv.slice(2);
const throwaway = options.includes("--throwaway");
const known = new Set(["--throwaway"]);
const unknown = options.find((option) => !known.has(option));

if (unknown) {
  console.error(`Unknown option ${unknown}. Settings are read from the environment and from .env`);
  process.exitCode = 1;
} else {
  await startPortal({ throwaway });
}
